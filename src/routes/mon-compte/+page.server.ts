import { redirect } from '@sveltejs/kit';
import { enterAsPerson } from '#edge/enter.ts';
import { recordsOf, spacesOf } from '#platform/auth/at-home.ts';

/** One record: there at once. Several (another garden, the whole family behind one address): to choose. None: a prescriber's space, or what may be done about it. */
export const load = async (event) => {
  const person = enterAsPerson(event);
  const { gardens, networkStaff } = event.locals;
  const records = await recordsOf(person.id);
  if (records.length === 1) redirect(303, `/mon-compte/${records[0]!.slug}/${records[0]!.customerId}`);
  // Who sends people to a garden, and buys nothing.
  if (records.length === 0 && (await spacesOf(person.id)).length > 0) redirect(303, '/prescripteur');
  if (records.length === 0 && (gardens.length || networkStaff)) redirect(303, '/mon-compte/connexion');
  return {
    person: { name: person.name, email: person.email },
    records: records.map(({ slug, gardenName, customerId, customerName, customerNumber }) => ({
      href: `/mon-compte/${slug}/${customerId}`,
      ...{ gardenName, customerName, customerNumber },
    })),
    path: event.url.pathname,
  };
};

import { redirect } from '@sveltejs/kit';
import { enterAsPerson } from '#edge/enter.ts';

export const load = (event) => {
  const person = enterAsPerson(event);
  const { gardens, networkStaff } = event.locals;
  // Who works nowhere comes for her baskets.
  if (gardens.length === 0 && !networkStaff) redirect(303, '/mon-compte');
  if (gardens.length === 1 && !networkStaff) redirect(303, `/gestion/${gardens[0]!.slug}`);
  return { person: { name: person.name, email: person.email }, gardens, networkStaff, path: event.url.pathname };
};

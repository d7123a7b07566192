import { accountHolder } from '#domains/account/index.server.ts';
import { enterOwn } from '#edge/enter-own.ts';
import { helpOf } from '#edge/help.ts';
import { recordsOf } from '#platform/auth/at-home.ts';

/** The frame of every page of a customer's space. `looking`: staff of the garden who see the account as the customer does. */
export const load = async (event) => {
  const { own, garden } = await enterOwn(event);
  const { person, gardens, networkStaff } = event.locals;
  const [holder, records] = await Promise.all([accountHolder(own), recordsOf(person!.id)]);
  return {
    home: `/mon-compte/${garden.slug}/${own.customerId}`,
    garden: { slug: garden.slug, name: garden.gardenName, accent: garden.accent },
    holder: { name: holder?.name ?? '', number: holder?.number ?? '' },
    looking: own.seenBy === 'staff' ? `/gestion/${garden.slug}/clients/${own.customerId}` : null,
    person: { name: person!.name || holder?.name || '', email: person!.email },
    places: records.map(({ slug, gardenName, customerId, customerName }) => ({
      href: `/mon-compte/${slug}/${customerId}`,
      name: `${customerName}, ${gardenName}`,
      current: slug === garden.slug && customerId === own.customerId,
    })),
    works: gardens.length > 0 || networkStaff,
    path: event.url.pathname,
    help: helpOf(event.route.id),
  };
};

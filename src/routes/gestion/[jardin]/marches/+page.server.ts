import { takingList } from '#domains/payments/index.server.ts';
import { enter } from '#edge/enter.ts';
import { can } from '#platform/access/actor.ts';
import { readQuery } from '#ui/table.ts';

export const load = async (event) => {
  const { actor, garden } = enter(event, 'payments:read');
  const query = readQuery(event.url.searchParams, { sorts: ['date'], direction: 'desc', perPage: 50 });
  return {
    base: `/gestion/${garden.slug}/marches`,
    slug: garden.slug,
    query,
    ...(await takingList(actor, query)),
    mayChange: can(actor, 'payments:change'),
  };
};

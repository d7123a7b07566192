import { slipList } from '#domains/payments/index.server.ts';
import { enter } from '#edge/enter.ts';
import { can } from '#platform/access/actor.ts';
import { readQuery } from '#ui/table.ts';

export const load = async (event) => {
  const { actor, garden } = enter(event, 'payments:read');
  const query = readQuery(event.url.searchParams, { sorts: ['numero'], direction: 'desc', perPage: 50 });
  return {
    base: `/gestion/${garden.slug}/remises`,
    slug: garden.slug,
    query,
    ...(await slipList(actor, query)),
    mayChange: can(actor, 'payments:change'),
  };
};

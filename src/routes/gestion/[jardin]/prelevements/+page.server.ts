import { batches } from '#domains/banking/index.server.ts';
import { enter } from '#edge/enter.ts';
import { can } from '#platform/access/actor.ts';
import { readQuery } from '#ui/table.ts';

export const load = async (event) => {
  const { actor } = enter(event, 'payments:read');
  const query = readQuery(event.url.searchParams, { sorts: ['due'] });
  const found = await batches(actor, { limit: query.perPage, offset: (query.page - 1) * query.perPage });
  return { ...found, query, mayChange: can(actor, 'payments:change') };
};

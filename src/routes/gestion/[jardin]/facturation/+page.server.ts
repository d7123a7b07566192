import { runChoices, runList } from '#domains/billing/index.server.ts';
import { enter } from '#edge/enter.ts';
import { can } from '#platform/access/actor.ts';
import { readQuery } from '#ui/table.ts';

export const load = async (event) => {
  const { actor } = enter(event, 'billing:read');
  const query = readQuery(event.url.searchParams, { sorts: [], filters: [] });
  const { rows, total } = await runList(actor, { limit: query.perPage, offset: (query.page - 1) * query.perPage });
  const { unfinished } = await runChoices(actor);
  return { rows, total, query, unfinished, mayBill: can(actor, 'billing:change') };
};

import { listBatches } from '#domains/imports/index.server.ts';
import { enter } from '#edge/enter.ts';
import { can } from '#platform/access/actor.ts';
import { readQuery } from '#ui/table.ts';

export const load = async (event) => {
  const { actor, garden } = enter(event, 'imports:read');
  const query = readQuery(event.url.searchParams, { sorts: [] });
  const { rows, total } = await listBatches(actor, { limit: query.perPage, offset: (query.page - 1) * query.perPage });
  return { base: `/gestion/${garden.slug}/imports`, query, rows, total, mayImport: can(actor, 'imports:change') };
};

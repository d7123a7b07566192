import { readings } from '#domains/solidarity/index.server.ts';
import { enter } from '#edge/enter.ts';
import { readQuery } from '#ui/table.ts';

export const load = async (event) => {
  const { actor, garden } = enter(event, 'solidarity:read');
  const query = readQuery(event.url.searchParams, { sorts: [], filters: [], perPage: 100 });
  return { base: `/gestion/${garden.slug}/solidarite`, query, ...(await readings(actor, query)) };
};

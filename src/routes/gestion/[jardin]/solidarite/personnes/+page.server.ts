import { stayFilters, stayList } from '#domains/solidarity/index.server.ts';
import { enter } from '#edge/enter.ts';
import { readQuery } from '#ui/table.ts';
import { stayFilter } from './asked.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'solidarity:read');
  const query = readQuery(event.url.searchParams, { sorts: [], filters: [stayFilter], perPage: 50 });
  const filter = stayFilters.find((one) => one === query.filters.etat) ?? '';
  const list = await stayList(actor, { filter, search: query.search, page: query.page, perPage: query.perPage }, today);
  return { slug: garden.slug, base: `/gestion/${garden.slug}/solidarite`, query, today, ...list };
};

import { sharedRecipes } from '#domains/composition/index.server.ts';
import { enter } from '#edge/enter.ts';
import { readQuery } from '#ui/table.ts';

const filters = [{ key: 'de', label: 'De', all: 'Tous les jardins', options: [{ value: 'autres', label: 'Les autres jardins' }] }];

export const load = async (event) => {
  const { actor } = enter(event, 'composition:read');
  const query = readQuery(event.url.searchParams, { sorts: [], filters });
  const { search, perPage, page } = query;
  const asked = { search, others: query.filters.de === 'autres', limit: perPage, offset: (page - 1) * perPage };
  return { ...(await sharedRecipes(actor, asked)), query, filters };
};

import { depotFilters, depots } from '#domains/logistics/index.server.ts';
import { enter } from '#edge/enter.ts';
import { onServer } from '#edge/on-server.ts';
import { depotFilterList, depotsAsked, readDepotQuery } from './asked.ts';

export const load = async (event) => {
  const { actor } = enter(event, 'logistics:read');
  const filters = depotFilterList(await depotFilters(actor));
  const query = readDepotQuery(event.url.searchParams, filters);
  return onServer({ ...(await depots(actor, depotsAsked(query))), query, filters });
};

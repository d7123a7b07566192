import { depotMap } from '#domains/logistics/index.server.ts';
import { enter } from '#edge/enter.ts';
import { wakes } from '#edge/wakes.ts';
import { config } from '#platform/config.ts';

export const csr = wakes('/gestion/[jardin]/depots/carte');

export const load = async (event) => {
  const { actor } = enter(event, 'logistics:read');
  return { ...(await depotMap(actor)), tiles: config.tilesUrl(), credit: config.tilesCredit() };
};

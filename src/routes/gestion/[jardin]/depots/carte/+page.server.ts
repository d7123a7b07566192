import { depotMap } from '#domains/logistics/index.server.ts';
import { enter } from '#edge/enter.ts';
import { config } from '#platform/config.ts';

/** The server draws the map; a background of tiles, when there is one, earns the JavaScript that moves it. */
export const csr = config.tilesUrl() !== null;

export const load = async (event) => {
  const { actor } = enter(event, 'logistics:read');
  return { ...(await depotMap(actor)), tiles: config.tilesUrl(), credit: config.tilesCredit() };
};

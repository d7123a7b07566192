import { networkSite } from '#domains/site/index.server.ts';
import { config } from '#platform/config.ts';

/** What the frame of the network's public pages shows: the same for everybody. */
export const load = async () => {
  const { name } = await networkSite();
  return { network: name, demo: config.demo() };
};

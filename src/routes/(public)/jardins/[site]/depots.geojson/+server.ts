import { placesSeen } from '#domains/site/index.server.ts';
import { placeStates, sayTimes } from '#domains/site/rules/places.ts';
import { canonical, enterSite } from '#edge/enter-site.ts';
import { geoJson } from '#edge/geo-json.ts';

/** The garden's places of collection, for other maps. */
export const GET = async (event) => {
  const { site, visitor, today } = await enterSite(event, 'logistics:read');
  return geoJson(
    (await placesSeen(visitor, today)).map(({ id, name, address, postcode, city, latitude, longitude, state, times }) => ({
      ...{ latitude, longitude },
      properties: {
        name,
        address,
        postcode,
        city,
        state,
        stateLabel: placeStates[state],
        times: sayTimes(times),
        url: canonical(site, `/depots/${id}`),
      },
    })),
  );
};

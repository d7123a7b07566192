import { activityLabels } from '#domains/gardens/settings-map.ts';
import { mapGardens } from '#domains/site/index.server.ts';
import { publicAddress } from '#domains/site/rules/address.ts';
import { geoJson } from '#edge/geo-json.ts';
import { config } from '#platform/config.ts';

/** The network's gardens, for other maps. */
export const GET = async () =>
  geoJson(
    (await mapGardens()).map(
      ({ latitude, longitude, slug, host, activities, name, city, postcode, tagline, solidarity, fromCents, places, openPlaces }) => ({
        ...{ latitude, longitude },
        properties: {
          ...{ name, city, postcode, tagline, solidarity, fromCents, places, openPlaces },
          activities: activities.map((one) => activityLabels[one] ?? one),
          url: publicAddress({ slug, host }, '', config.publicUrl()),
        },
      }),
    ),
  );

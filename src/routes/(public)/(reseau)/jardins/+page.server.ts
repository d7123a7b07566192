import { activities, activityLabels } from '#domains/gardens/settings-map.ts';
import { mapGardens, mapPlaces } from '#domains/site/index.server.ts';
import { answersMap } from '#domains/site/rules/map.ts';
import { mapAsked } from '#domains/site/schema-map.ts';
import { readAsked } from '#edge/forms.ts';
import { networkHead } from '#edge/network-head.ts';
import { config } from '#platform/config.ts';
import { findPlaces, likeliestFirst, nearestPlaces } from '#platform/geocoding/index.ts';

/** Places of collection shown to whoever says where she is. */
const NEAREST = 8;

export const load = async ({ url, parent }) => {
  const { network } = await parent();
  const read = readAsked(url.searchParams, mapAsked);
  const asked = read.ok ? read.value : mapAsked.parse({});
  const [all, found] = await Promise.all([mapGardens(), asked.pres ? findPlaces(asked.pres, 6) : []]);
  const [here = null, ...others] = likeliestFirst(found, []);
  const gardens = all.filter((garden) => answersMap(garden, asked));
  const among = new Set(gardens.map(({ slug }) => slug));
  const near = here
    ? nearestPlaces(
        here,
        (await mapPlaces()).filter(({ slug, state }) => among.has(slug) && (!asked.places || state !== 'full')),
        NEAREST,
      )
    : [];
  return {
    head: networkHead(
      network,
      '/jardins',
      'Tous les jardins du réseau sur une carte, et le point de dépôt le plus proche de chez vous, par commune ou code postal.',
      'Nos jardins',
    ),
    asked,
    here,
    others: others.filter(({ kind }) => kind === 'commune'),
    // Only what some gardens have and others have not is worth a choice.
    choices: activities
      .filter((one) => asked.activite.includes(one) || new Set(all.map((garden) => garden.activities.includes(one))).size === 2)
      .map((value) => ({ value, label: activityLabels[value] })),
    solidarity: all.some(({ solidarity }) => solidarity),
    total: all.length,
    gardens: here
      ? [
          ...nearestPlaces(here, gardens),
          ...gardens.filter(({ latitude }) => latitude === null).map((garden) => ({ ...garden, metres: null })),
        ]
      : gardens.map((garden) => ({ ...garden, metres: null })),
    near,
    tiles: config.tilesUrl(),
    credit: config.tilesCredit(),
  };
};

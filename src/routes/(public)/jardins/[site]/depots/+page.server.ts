import { placesSeen } from '#domains/site/index.server.ts';
import { depotsAsked } from '#domains/site/schema-map.ts';
import { enterSite } from '#edge/enter-site.ts';
import { siteHead } from '#edge/site-head.ts';
import { config } from '#platform/config.ts';
import { findPlaces, likeliestFirst, nearestPlaces } from '#platform/geocoding/index.ts';

export const load = async (event) => {
  const { site, visitor, today } = await enterSite(event, 'logistics:read');
  const asked = depotsAsked.parse(Object.fromEntries(event.url.searchParams));
  const all = await placesSeen(visitor, today);
  const found = asked.pres ? likeliestFirst(await findPlaces(asked.pres, 6), all) : [];
  const [here = null] = found;
  const days = [...new Set(all.flatMap(({ times }) => times.map(({ weekday }) => weekday)))].sort();
  const shown = all.filter(
    ({ times, state }) =>
      (!asked.jour || times.some(({ weekday }) => weekday === asked.jour)) && (!asked.libres || state === 'open' || state === 'few'),
  );
  const sorted = here
    ? [...nearestPlaces(here, shown), ...shown.filter(({ latitude }) => latitude === null).map((place) => ({ ...place, metres: null }))]
    : shown.map((place) => ({ ...place, metres: null }));
  const towns = [...new Set(all.map(({ city }) => city).filter(Boolean))];
  return {
    head: siteHead(
      site,
      '/depots',
      `${all.length} points de dépôt où venir chercher votre panier${towns.length ? `, à ${towns.slice(0, 8).join(', ')}` : ''} : adresses, jours, heures et places libres.`,
    ),
    asked,
    here,
    others: found.slice(1).filter(({ kind }) => kind === 'commune'),
    days,
    total: all.length,
    places: sorted,
    tiles: config.tilesUrl(),
    credit: config.tilesCredit(),
  };
};

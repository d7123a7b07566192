import { error } from '@sveltejs/kit';
import { placesSeen } from '#domains/site/index.server.ts';
import { sayTimes } from '#domains/site/rules/places.ts';
import { canonical, enterSite } from '#edge/enter-site.ts';
import { siteHead } from '#edge/site-head.ts';
import { nearestPlaces } from '#platform/geocoding/index.ts';

const NEAR = 4;

export const load = async (event) => {
  const { site, visitor, today } = await enterSite(event, 'logistics:read');
  const all = await placesSeen(visitor, today);
  const place = all.find(({ id }) => String(id) === event.params.depot);
  if (!place) error(404, 'Ce point de dépôt n’existe pas, ou n’est plus servi.');
  const { name, address, postcode, city, latitude, longitude } = place;
  const others = all.filter(({ id, state }) => id !== place.id && state !== 'reserved');
  return {
    head: siteHead(
      site,
      `/depots/${place.id}`,
      `${name}${city ? `, à ${city}` : ''} : venez y chercher votre panier de légumes bio. ${sayTimes(place.times)}.`,
    ),
    place,
    near: latitude === null || longitude === null ? [] : nearestPlaces({ latitude, longitude }, others, NEAR),
    described: {
      '@type': 'Place',
      name: `${name}, point de dépôt de ${site.name}`,
      url: canonical(site, `/depots/${place.id}`),
      address: { '@type': 'PostalAddress', streetAddress: address, postalCode: postcode, addressLocality: city, addressCountry: 'FR' },
      ...(latitude !== null && longitude !== null && { geo: { '@type': 'GeoCoordinates', latitude, longitude } }),
    },
  };
};

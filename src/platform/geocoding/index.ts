import { config } from '../config.ts';
import { log } from '../log.ts';
import { ban } from './ban.ts';
import { findCommunes, sayCommune } from './communes.ts';
import type { FoundPlace, Geocoder } from './port.ts';
import { type Commune, plainName } from './search.ts';

export { communes, findCommune, findCommunes, sayCommune } from './communes.ts';
export { likeliestFirst, nearestPlaces } from './nearest.ts';
export type { FoundPlace, Geocoder } from './port.ts';
export type { Commune } from './search.ts';

/** The geocoding service of this installation (COCAGNE_GEOCODING), or none. */
export const geocodingService = (): Geocoder | null => {
  const address = config.geocodingUrl();
  return address ? ban(address) : null;
};

const asPlace = (commune: Commune): FoundPlace => ({
  latitude: commune.latitude,
  longitude: commune.longitude,
  label: sayCommune(commune),
  kind: 'commune',
  approximate: commune.approximate,
});

/** A postcode, a town, or both: our own list knows better than anybody, and at once. */
function isTown(text: string, [best]: readonly Commune[]): boolean {
  if (!best) return false;
  const rest = plainName(text)
    .replace(/\b\d{5}\b/, '')
    .trim();
  return rest === '' || rest === best.plain || best.plain.startsWith(rest) || /^\d{2,3}$/.test(rest.replace(best.plain, '').trim());
}

/**
 * Where somebody says to be: a postcode, a town or an address. Towns are found in our own list; an address is asked of the service when the installation has
 * one, and is otherwise as far as its postcode. Never fails: a service that does not answer is told to the log.
 * @returns the likeliest first; none when nothing answers.
 */
export async function findPlaces(text: string, limit = 5, service: Geocoder | null = geocodingService()): Promise<FoundPlace[]> {
  const asked = text.trim().slice(0, 200);
  const towns = findCommunes(asked, limit);
  if (service && asked.length >= 3 && !isTown(asked, towns)) {
    const answered = await service.search(asked, limit);
    if (answered.ok && answered.value.length) return answered.value;
    if (!answered.ok) log.warn({ reason: answered.reason }, 'geocoding service');
  }
  return towns.map(asPlace);
}

import type { Day } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { type PublicPlace, publicPlaces } from './places.ts';

/** How long what visitors see is believed, in milliseconds: on the day everybody renews, hundreds look at the same depots at once. */
const believed = 15_000;
const most = 200;

const seen = new Map<string, { at: number; places: Promise<PublicPlace[]> }>();

/**
 * The garden's places of collection as its public pages show them: read again after a quarter of a minute. Whoever signs up is told of the places left at that
 * moment (signup), not of these.
 */
export function placesSeen(actor: Actor, today: Day): Promise<PublicPlace[]> {
  requireRight(actor, 'logistics:read');
  const key = `${actor.gardenId}/${today}`;
  const known = seen.get(key);
  if (known && Date.now() - known.at < believed) return known.places;
  const places = publicPlaces(actor, today);
  if (seen.size >= most) seen.delete(seen.keys().next().value!);
  seen.set(key, { at: Date.now(), places });
  // A failure is nobody else's.
  places.catch(() => seen.delete(key));
  return places;
}

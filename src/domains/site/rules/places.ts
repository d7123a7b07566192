import type { Standing } from '#domains/subscriptions/rules/capacity.ts';
import { type Weekday, weekdayNames } from '#kernel/day.ts';

/** How a place of collection stands for somebody who would come: it takes people, it nearly does not, it does not; or only those who know its password. */
export type PlaceState = 'open' | 'few' | 'full' | 'reserved';

export const placeStates: Record<PlaceState, string> = {
  open: 'Places libres',
  few: 'Dernières places',
  full: 'Complet',
  reserved: 'Réservé',
};

/** Left in the fullest of its coming deliveries, from which on it is said that there are few. */
const FEW = 3;

/**
 * @param standings of its slots, coming deliveries; undefined for a slot without delivery in that time, which says nothing against it.
 * @returns the best of them: a depot that has one free morning takes people.
 */
export function placeState(reserved: boolean, standings: readonly (Standing | undefined)[]): PlaceState {
  if (reserved) return 'reserved';
  const known = standings.filter((one) => one !== undefined);
  if (known.length === 0) return 'open';
  if (known.every(({ state }) => state === 'full')) return 'full';
  return known.some(({ state, left }) => state === 'free' && (left === null || left > FEW)) ? 'open' : 'few';
}

/** When people collect: one line by stop of a tour. */
export type PickupTime = { weekday: Weekday; pickup: string; name: string };

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** « Mercredi 16h-19h ». The name tells two cabinets of one depot apart. */
export const sayPickup = ({ weekday, pickup, name }: PickupTime): string =>
  [`${capital(weekdayNames[weekday])}${name ? ` (${name})` : ''}`, pickup].filter(Boolean).join(' ');

/** « Mercredi 16h-19h, vendredi 10h-12h »; the same said twice is said once. */
export function sayTimes(times: readonly PickupTime[]): string {
  const said = [...new Set(times.map(({ weekday, pickup }) => sayPickup({ weekday, pickup, name: '' })))];
  return said.map((text, at) => (at === 0 ? text : text.charAt(0).toLowerCase() + text.slice(1))).join(', ');
}

/** 840 → « 850 m »; 3_240 → « 3,2 km »; 48_600 → « 49 km ». As the crow flies, never closer than it is. */
export function sayDistance(metres: number): string {
  if (metres <= 950) return `${Math.max(50, Math.ceil(metres / 50) * 50)}\u00a0m`;
  const kilometres = metres / 1000;
  return `${kilometres < 10 ? (Math.ceil(kilometres * 10) / 10).toLocaleString('fr-FR') : Math.ceil(kilometres)}\u00a0km`;
}

/** Where a route planner begins to lead there: the system's own on a telephone. */
export const routeTo = ({ latitude, longitude }: { latitude: number; longitude: number }): string =>
  `https://www.openstreetmap.org/directions?to=${latitude.toFixed(5)}%2C${longitude.toFixed(5)}`;

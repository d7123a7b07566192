import { sayStretch } from '#domains/subscriptions/rules/closing.ts';
import { type Day, sayDay } from '#kernel/day.ts';

/** A delivery to come of a tour. */
export type ComingTour = { tourId: number; code: string; date: Day; usualDate: Day; closed: boolean };
/** A place of collection that closes for a while; `instead`: where its baskets go, null when nowhere. */
export type ClosedPlace = { tourId: number; depot: string; from: Day; until: Day; instead: string | null };

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
/** « mercredi 24 et jeudi 25 décembre » would be shorter; each date in full is surer. */
const list = (words: string[]) => (words.length > 1 ? `${words.slice(0, -1).join(', ')} et ${words.at(-1)}` : (words[0] ?? ''));

/**
 * What subscribers of some tours are told of the next deliveries: the dates, with what they usually are when they move; then the weeks without
 * delivery up to the last of these dates, and the places that close until then.
 * @param tours the tours the page is for, all of which deliver on one day. @param count how many dates.
 */
export function sayComing(
  coming: readonly ComingTour[],
  places: readonly ClosedPlace[],
  tours: readonly number[],
  count: number,
): { coming: string[]; closings: string[] } {
  const own = coming.filter(({ tourId }) => tours.includes(tourId));
  const byDate = [
    ...Map.groupBy(
      own.filter(({ closed }) => !closed).toSorted((a, b) => (a.date < b.date ? -1 : 1)),
      ({ date }) => date,
    ),
  ].slice(0, count);
  const last = byDate.at(-1)?.[0] ?? '';
  const some = (rows: readonly ComingTour[]) => {
    const codes = [...new Set(rows.map(({ code }) => code))];
    return codes.length < tours.length ? ` (${codes.length > 1 ? 'tournées' : 'tournée'} ${list(codes)})` : '';
  };
  const dates = byDate.map(([date, rows]) => {
    const usual = rows[0]!.usualDate;
    return `${sayDay(date)}${usual === date ? '' : ` au lieu du ${sayDay(usual)}`}${some(rows)}`;
  });
  const closed = Map.groupBy(
    own.filter((one) => one.closed && (last === '' || one.usualDate <= last)),
    ({ usualDate }) => usualDate,
  );
  const without = [...closed].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([day, rows]) => `${sayDay(day)}${some(rows)}`);
  const shut = places
    .filter((place) => tours.includes(place.tourId) && (last === '' || place.from <= last))
    .map(
      ({ depot, from, until, instead }) =>
        `${depot} : fermé ${sayStretch(from, until)}, ${instead ? `paniers à ${instead}` : 'sans livraison'}.`,
    );
  return {
    coming: dates.map(capital),
    closings: [...(without.length ? [`Pas de livraison ${without.length > 1 ? 'les' : 'le'} ${list(without)}.`] : []), ...new Set(shut)],
  };
}

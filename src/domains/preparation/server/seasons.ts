import {
  ensureSeason,
  findSeason,
  type Season,
  seasonYears,
  toursInUse,
  whyNotPeriod,
  writeSeason,
} from '#domains/logistics/index.server.ts';
import type { SeasonChange } from '#domains/logistics/schema.ts';
import { type BulkChange, bulk } from '#domains/subscriptions/index.server.ts';
import { changedMeanwhile, differingFields } from '#kernel/conflict.ts';
import { type Day, shortDay, weekOf } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';

type Mode = BulkChange['mode'];
/** Deliveries made, and what the subscriptions that run into them receive. */
export type SeasonMade = { deliveries: number; baskets: number; customers: number };
type SeasonSaved = SeasonMade & { id: number };

const again = refuse('Tout cela est déjà enregistré.');

/**
 * Creates the deliveries of a year, a tour's usual day each week, and the baskets of subscriptions that run into it: a batch, that is seen
 * first and can be undone. Doing it twice adds nothing. Refused for a year gone by, further than next year's, or in a garden without tours.
 */
export async function openSeason(actor: Actor, year: number, today: Day, mode: Mode = 'apply'): Promise<Outcome<SeasonMade>> {
  requireRight(actor, 'logistics:change');
  const [first, last] = [weekOf(today).year, lastSeason(today)];
  if (year < first || year > last) return refuse(`Seules les saisons ${first} et ${last} peuvent être ouvertes aujourd’hui.`);
  let deliveries = 0;
  const answer = await bulk(actor, { kind: 'season', name: `Saison ${year} ouverte`, today, mode }, async (tx) => {
    if ((await toursInUse(tx)).length === 0) return refuse('Le jardin n’a pas encore de tournée : créez ou importez ses tournées d’abord.');
    deliveries = await ensureSeason(tx, actor.gardenId, year);
    return deliveries === 0 ? again : null;
  });
  if (answer === again) return done({ deliveries: 0, baskets: 0, customers: 0 });
  return answer.ok ? done({ deliveries, baskets: answer.value.baskets.added, customers: answer.value.customers.length }) : answer;
}

/** The last season that may be opened: next year's. */
export const lastSeason = (today: Day): number => weekOf(today).year + 1;

/**
 * Makes a season (`id` null), or changes the name and the period of one. The deliveries that its years still lack, from this year on, are
 * made, with the baskets of the subscriptions that run into them: a batch, that is seen first and can be undone. The same form sent twice acts once.
 */
export async function saveSeason(
  actor: Actor,
  id: number | null,
  { version, ...typed }: SeasonChange,
  today: Day,
  mode: Mode = 'apply',
): Promise<Outcome<SeasonSaved>> {
  requireRight(actor, 'logistics:change');
  const why = whyNotPeriod(typed, today);
  if (why) return refuse(why, { endsOn: why });
  const saved = { id: 0, deliveries: 0 };
  const name = id === null ? `Nouvelle saison : ${typed.name}` : `Saison modifiée : ${typed.name}`;
  const answer = await bulk(actor, { kind: 'season', name, today, mode }, async (tx) => {
    const stored = id === null ? null : await findSeason(tx, { id });
    if (id !== null && !stored) return refuse('Cette saison n’existe plus.');
    const same = await findSeason(tx, { name: typed.name });
    const standing = id === null ? same : stored;
    if (standing && differingFields<object>(standing, typed).length === 0) {
      saved.id = standing.id;
      return again;
    }
    if (same && same.id !== id) return refuse('Ce nom est déjà pris.', { name: 'Une autre saison porte déjà ce nom.' });
    if (stored && stored.version !== version) return changedMeanwhile('Cette saison', stored, typed, (field) => say(stored, field));
    saved.id = await writeSeason(tx, actor.gardenId, id, typed);
    for (const year of seasonYears(typed)) if (year >= weekOf(today).year) saved.deliveries += await ensureSeason(tx, actor.gardenId, year);
    return saved.deliveries === 0 ? { subscriptionIds: [] } : null;
  });
  if (!answer.ok) return answer === again ? done({ ...saved, baskets: 0, customers: 0 }) : answer;
  return done({ ...saved, baskets: answer.value.baskets.added, customers: answer.value.customers.length });
}

const say = (season: Season, field: string): string =>
  field === 'name' ? season.name : shortDay(field === 'startsOn' ? season.startsOn : season.endsOn);

/** A day of the typical week: what is prepared and what is delivered. */
export type TypicalDay = { weekday: number; prepared: TypicalTour[]; delivered: TypicalTour[] };
type TypicalTour = { id: number; code: string; name: string; color: string };

/** The typical week of the garden, Monday to Sunday, days without work left out. One query. */
export function typicalWeek(actor: Actor): Promise<TypicalDay[]> {
  requireRight(actor, 'logistics:read');
  return readInGarden(actor, async (tx) => {
    const tours = await toursInUse(tx);
    const on = (day: 'preparationWeekday' | 'deliveryWeekday', weekday: number) =>
      tours.filter((tour) => tour[day] === weekday).map(({ id, code, name, color }) => ({ id, code, name, color }));
    return [1, 2, 3, 4, 5, 6, 7]
      .map((weekday) => ({ weekday, prepared: on('preparationWeekday', weekday), delivered: on('deliveryWeekday', weekday) }))
      .filter(({ prepared, delivered }) => prepared.length + delivered.length > 0);
  });
}

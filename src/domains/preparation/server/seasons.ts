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
import { bulk } from '#domains/subscriptions/index.server.ts';
import { changedMeanwhile, differingFields } from '#kernel/conflict.ts';
import { type Day, shortDay, weekOf } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { inGarden } from '#platform/db/tenancy.ts';

type SeasonSaved = { id: number; deliveries: number };

/**
 * Makes a season (`id` null), or changes the name and the period of one. The deliveries that its years still lack, from this year on, are
 * made, with the baskets of the subscriptions that run into them: a batch, that can be undone. The same form sent twice acts once.
 */
export async function saveSeason(
  actor: Actor,
  id: number | null,
  { version, ...typed }: SeasonChange,
  today: Day,
): Promise<Outcome<SeasonSaved>> {
  requireRight(actor, 'logistics:change');
  const why = whyNotPeriod(typed, today);
  if (why) return refuse(why, { endsOn: why });
  let saved: SeasonSaved | null = null;
  const again = refuse('Tout cela est déjà enregistré.');
  const name = id === null ? `Nouvelle saison : ${typed.name}` : `Saison modifiée : ${typed.name}`;
  const answer = await bulk(actor, { kind: 'season', name, today, mode: 'apply' }, async (tx) => {
    const stored = id === null ? null : await findSeason(tx, { id });
    if (id !== null && !stored) return refuse('Cette saison n’existe plus.');
    const same = await findSeason(tx, { name: typed.name });
    const standing = id === null ? same : stored;
    if (standing && differingFields<object>(standing, typed).length === 0) {
      saved = { id: standing.id, deliveries: 0 };
      return again;
    }
    if (same && same.id !== id) return refuse('Ce nom est déjà pris.', { name: 'Une autre saison porte déjà ce nom.' });
    if (stored && stored.version !== version) return changedMeanwhile('Cette saison', stored, typed, (field) => say(stored, field));
    saved = { id: await writeSeason(tx, actor.gardenId, id, typed), deliveries: 0 };
    for (const year of seasonYears(typed)) if (year >= weekOf(today).year) saved.deliveries += await ensureSeason(tx, actor.gardenId, year);
    return saved.deliveries === 0 ? { subscriptionIds: [] } : null;
  });
  if (saved && (answer.ok || answer === again)) return done(saved);
  return answer.ok ? refuse('Cette saison n’existe plus.') : answer;
}

const say = (season: Season, field: string): string =>
  field === 'name' ? season.name : shortDay(field === 'startsOn' ? season.startsOn : season.endsOn);

/** A day of the typical week: what is prepared and what is delivered. */
export type TypicalDay = { weekday: number; prepared: TypicalTour[]; delivered: TypicalTour[] };
type TypicalTour = { id: number; code: string; name: string; color: string };

/** The typical week of the garden, Monday to Sunday, days without work left out. One query. */
export function typicalWeek(actor: Actor): Promise<TypicalDay[]> {
  requireRight(actor, 'logistics:read');
  return inGarden(actor, async (tx) => {
    const tours = await toursInUse(tx);
    const on = (day: 'preparationWeekday' | 'deliveryWeekday', weekday: number) =>
      tours.filter((tour) => tour[day] === weekday).map(({ id, code, name, color }) => ({ id, code, name, color }));
    return [1, 2, 3, 4, 5, 6, 7]
      .map((weekday) => ({ weekday, prepared: on('preparationWeekday', weekday), delivered: on('deliveryWeekday', weekday) }))
      .filter(({ prepared, delivered }) => prepared.length + delivered.length > 0);
  });
}

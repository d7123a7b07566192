import { sql } from 'kysely';
import {
  deliveries,
  ensureSeason,
  findSeason,
  followingPeriod,
  type Season,
  seasonName,
  seasonYears,
  whyNotPeriod,
  writeSeason,
} from '#domains/logistics/index.server.ts';
import { type CarriedPlan, carriedPlans, carryPlans } from '#domains/plans/index.server.ts';
import type { Raise } from '#domains/plans/rules/raise.ts';
import { type Day, weekOf } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { type HabitualClosing, habitualClosings } from '../rules/next-season.ts';
import { type BulkResult, bulk } from './bulk.ts';

/** A season to copy, with what is proposed for the next one. */
export type SeasonToCopy = {
  season: Season;
  next: { name: string; startsOn: Day; endsOn: Day };
  closings: HabitualClosing[];
  plans: CarriedPlan[];
};

/** Null when there is no such season. Three queries. @param period of the new season, as typed; the one that follows when absent. */
export function seasonToCopy(actor: Actor, id: number, today: Day, period?: { startsOn: Day; endsOn: Day }): Promise<SeasonToCopy | null> {
  requireRight(actor, 'logistics:change');
  return inGarden(actor, async (tx) => {
    const season = await findSeason(tx, { id });
    if (!season) return null;
    const next = period ?? followingPeriod(season, today);
    const known = await deliveries(tx, { since: seasonYears(season)[0]! });
    return {
      season,
      next: { name: seasonName(next), ...next },
      closings: habitualClosings(known, season, next),
      plans: await carriedPlans(tx, season, { basisPoints: 0, step: 5 }),
    };
  });
}

export type SeasonCopyForm = {
  name: string;
  startsOn: Day;
  endsOn: Day;
  /** ISO weeks of the new season in which nothing is delivered. */
  closed: readonly { year: number; week: number }[];
  /** Plans that go on: those of the season are copied, those offered all year have a new price. */
  planIds: readonly number[];
  raise: Raise;
};

export type SeasonCopy = BulkResult & {
  plans: CarriedPlan[];
  deliveries: number;
  /** Deliveries that close. */
  closes: number;
  /** Weeks that were to close but hold baskets already: they are closed in the calendar, where one says what becomes of these. */
  keptOpen: string[];
};

/**
 * Makes a season after another: its deliveries, its closing weeks, its plans and their prices, in one step that can be taken back; or tells
 * what that would do. @returns null when the season is there already, as it is asked (a form sent twice).
 */
export async function copySeason(
  actor: Actor,
  fromId: number,
  form: SeasonCopyForm,
  { today, mode }: { today: Day; mode: 'preview' | 'apply' },
): Promise<Outcome<SeasonCopy | null>> {
  requireRight(actor, 'logistics:change');
  if (form.planIds.length > 0) requireRight(actor, 'catalogue:change');
  const why = whyNotPeriod(form, today);
  if (why) return refuse(why, { endsOn: why });
  const told: Omit<SeasonCopy, keyof BulkResult> = { plans: [], deliveries: 0, closes: 0, keptOpen: [] };
  let again = false;
  const answer = await bulk(actor, { kind: 'season', name: `Nouvelle saison « ${form.name} »`, today, mode }, async (tx) => {
    const from = await findSeason(tx, { id: fromId });
    if (!from) return refuse('La saison à recopier n’existe plus.');
    const same = await findSeason(tx, { name: form.name });
    again = same !== null && same.startsOn === form.startsOn && same.endsOn === form.endsOn;
    if (same) return refuse('Ce nom est déjà pris.', { name: 'Une autre saison porte déjà ce nom.' });
    const carried = await carriedPlans(tx, from, form.raise);
    told.plans = carried.filter((plan) => form.planIds.includes(plan.id));
    const id = await writeSeason(tx, actor.gardenId, null, form);
    for (const year of seasonYears(form)) if (year >= weekOf(today).year) told.deliveries += await ensureSeason(tx, actor.gardenId, year);
    Object.assign(told, await closeWeeks(tx, form, today));
    await carryPlans(tx, actor.gardenId, { id, startsOn: form.startsOn }, told.plans);
    return null;
  });
  if (!answer.ok) return again ? done(null) : answer;
  return done({ ...answer.value, ...told });
}

/** Deliveries of these weeks close, but for those that hold baskets, or are past. */
async function closeWeeks(
  tx: Tx,
  { closed, startsOn, endsOn }: SeasonCopyForm,
  today: Day,
): Promise<Pick<SeasonCopy, 'closes' | 'keptOpen'>> {
  const weeks = closed.map(({ year, week }) => year * 100 + week);
  const { rows } = await sql<{ code: string; week: number; kept: boolean }>`
    with asked as (
      select l.id, l.week, l.year, t.code, exists (select from basket b where b.garden_id = l.garden_id and b.delivery_id = l.id) as kept
      from delivery l
      join tour t on t.garden_id = l.garden_id and t.id = l.tour_id
      where l.garden_id = app_garden() and not l.closed and l.date > ${today} and l.usual_date between ${startsOn} and ${endsOn}
        and l.year * 100 + l.week = any(${`{${weeks.join()}}`}::int[])
    ), closing as (
      update delivery l set closed = true, version = version + 1 from asked a where l.garden_id = app_garden() and l.id = a.id and not a.kept
    )
    select code, week, kept from asked order by year, week, code`.execute(tx);
  return {
    closes: rows.filter((row) => !row.kept).length,
    keptOpen: rows.filter((row) => row.kept).map((row) => `semaine ${row.week} (${row.code})`),
  };
}

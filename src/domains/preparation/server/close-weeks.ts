import { bankHolidays } from '#domains/logistics/index.server.ts';
import { type Day, dayOfWeek, weekOf } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { changedWeeks, otherWeeks, type WeekBox, weekBoxes } from '../rules/closing-weeks.ts';
import { fateChoices, fateOf, sayWeeks, weekValue } from '../rules/fates.ts';
import type { ClosingsForm } from '../schema.ts';
import { type SeasonTour, seasonCalendar } from './calendar.ts';
import type { DeliveryChange } from './calendar-changes.ts';
import { comingDeliveries } from './coming-deliveries.ts';

export type ClosingYear = {
  year: number;
  years: number[];
  tours: Pick<SeasonTour, 'id' | 'code' | 'name' | 'color'>[];
  boxes: WeekBox[];
  /** Bank holidays by week, Monday to Sunday. */
  holidays: Record<number, string[]>;
};

/** The year view of closed weeks, for all tours or one of them. Four queries. */
export async function closingYear(actor: Actor, year: number, tour: number | null, today: Day): Promise<ClosingYear> {
  requireRight(actor, 'logistics:change');
  const season = await seasonCalendar(actor, year, today);
  const { region } = await inGarden(actor, (tx) => comingDeliveries(tx, actor.gardenId, today));
  const boxes = weekBoxes(season.weeks, tour);
  const named = await bankHolidays(dayOfWeek({ year, week: 1 }, 1), boxes.at(-1)?.sunday ?? `${year}-12-31`, region);
  const holidays: Record<number, string[]> = {};
  for (const { day, name } of named) holidays[weekOf(day).week] = [...(holidays[weekOf(day).week] ?? []), name];
  return { year, years: season.years, tours: season.tours, boxes, holidays };
}

/** A week that was ticked or unticked, and what is to become of its baskets. */
export type PlannedWeek = {
  week: number;
  closes: boolean;
  /** The tours whose delivery changes. */
  tours: string[];
  baskets: number;
  /** '' while it is not chosen, or when there is nothing to choose. */
  fate: string;
  choices: { value: string; label: string }[];
};
export type PlannedClosings = { name: string; weeks: PlannedWeek[]; changes: DeliveryChange[] };

/**
 * What a form of ticked weeks asks for: deliveries to close and to open again, with what becomes of baskets, to be given to
 * `changeDeliveries`. Refused when it is not said what becomes of baskets that exist. @returns null when all stands so already.
 */
export async function planClosings(actor: Actor, form: ClosingsForm, today: Day): Promise<Outcome<PlannedClosings | null>> {
  requireRight(actor, 'logistics:change');
  const tour = form.tour === '' ? null : Number(form.tour);
  const season = await seasonCalendar(actor, form.year, today);
  const shown = new Set(form.shown.split(',').filter(Boolean).map(Number));
  const changed = changedWeeks(season.weeks, tour, shown, new Set(form.weeks));
  if (changed.length === 0) return done(null);
  const { deliveries } = await inGarden(actor, (tx) => comingDeliveries(tx, actor.gardenId, today));
  const closing = new Set(changed.filter((one) => one.closes).map((one) => one.week));
  const codes = new Map(season.tours.map(({ id, code }) => [id, code]));
  const weeks = changed.map(({ week, closes, cells, baskets }): PlannedWeek => {
    const asks = closes && baskets > 0;
    const tourIds = cells.filter((cell) => cell.baskets > 0).map((cell) => cell.tourId);
    const others = asks ? otherWeeks(deliveries, { year: form.year, week }, tourIds, closing) : [];
    const common = form.fate === 'move' ? (others[0] ? weekValue(others[0]) : 'make_up') : (form.fate ?? '');
    const own = form[`fate-${week}`];
    const choices = asks ? fateChoices(others) : [];
    const fate = typeof own === 'string' ? own : common;
    return {
      week,
      closes,
      tours: cells.map((cell) => codes.get(cell.tourId)!),
      baskets,
      fate: choices.some(({ value }) => value === fate) ? fate : '',
      choices,
    };
  });
  if (weeks.some(({ choices, fate }) => choices.length > 0 && fate === ''))
    return refuse('Dites ce que deviennent les paniers des semaines fermées.', { fate: 'À choisir.' });
  const fateIn = new Map(weeks.map(({ week, fate }) => [week, fateOf(fate)]));
  const changes = changed.flatMap(({ week, closes, cells }) =>
    cells.map(({ id, version }): DeliveryChange => ({ id, version, closed: closes, fate: closes ? (fateIn.get(week) ?? null) : null })),
  );
  return done({ name: nameOf(weeks, form.year, tour === null ? '' : `${codes.get(tour)} : `), weeks, changes });
}

function nameOf(weeks: readonly PlannedWeek[], year: number, tour: string): string {
  const of = (closes: boolean) => weeks.filter((one) => one.closes === closes).map((one) => one.week);
  const [closed, opened] = [of(true), of(false)];
  const said = (what: string, list: number[]) => `${what} ${list.length > 1 ? 'des' : 'de la'} ${sayWeeks(list)}`;
  const parts = [closed.length ? said('fermeture', closed) : '', opened.length ? said('réouverture', opened) : ''].filter(Boolean);
  const text = `${parts.join(' et ')} (${year})`;
  return tour ? tour + text : text.charAt(0).toUpperCase() + text.slice(1);
}

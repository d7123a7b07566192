import { sql } from 'kysely';
import { readSettings } from '#domains/gardens/settings.ts';
import { type CutoffContext, deliveryState, whyNotChange } from '#domains/logistics/index.server.ts';
import { type BulkResult, bulk, type Fate, storeFates, type Told, withdrawFates } from '#domains/subscriptions/index.server.ts';
import type { CustomerDifference } from '#domains/subscriptions/rules/tell-difference.ts';
import type { Day, Week, Weekday } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import type { CalendarAct } from '../rules/calendar-letters.ts';
import { tellCalendar } from './calendar-letters.ts';

/** What a delivery becomes. What is left out stays as it is. */
export type DeliveryChange = {
  id: number;
  /** As the form read it. */
  version: number;
  date?: Day;
  closed?: boolean;
  note?: string;
  holiday?: string;
  /** When it closes: what becomes of its baskets; null: they are simply not delivered. */
  fate: Fate | null;
};

type Stored = Week & {
  id: number;
  tourId: number;
  version: number;
  usualDate: Day;
  date: Day;
  closed: boolean;
  note: string;
  holiday: string;
  tour: { code: string; preparationWeekday: Weekday; deliveryWeekday: Weekday };
};
type Changing = { stored: Stored; wished: Pick<Stored, 'date' | 'closed' | 'note' | 'holiday'>; fate: Fate | null };

/** What it does to baskets, and who is told. */
export type DeliveriesChanged = BulkResult & { told: Told };

const again = refuse('Tout cela est déjà enregistré.');

/**
 * Moves, closes or opens again any number of deliveries in one step, with what becomes of their baskets; or tells what that would do.
 * Refused as a whole when one of them is past its cut-off, was changed by somebody else since it was read, or when baskets are moved to a week
 * that takes none. Whoever is to be told (`tell`, with a word of the garden's) is written to in the same transaction, each once, of all her baskets.
 * @returns null when everything stands so already (a form sent twice).
 */
export async function changeDeliveries(
  actor: Actor,
  changes: readonly DeliveryChange[],
  { tell, ...how }: { name: string; today: Day; mode: 'preview' | 'apply'; tell?: { word: string } },
): Promise<Outcome<DeliveriesChanged | null>> {
  requireRight(actor, 'logistics:change');
  const { gardenId } = actor;
  const acts = new Set<CalendarAct>();
  let told: Told = { written: 0, toCall: [] };
  const write = async (tx: Tx, customers: readonly CustomerDifference[]) => {
    told = await tellCalendar(tx, gardenId, customers, { acts, today: how.today, ...tell! });
  };
  const answer = await bulk(actor, { kind: 'calendar', ...how, ...(tell && { tell: write }) }, (tx, batchId) =>
    change(tx, gardenId, batchId, { changes, today: how.today, acts }),
  );
  if (answer === again) return done(null);
  return answer.ok ? done({ ...answer.value, told }) : answer;
}

type Asked = { changes: readonly DeliveryChange[]; today: Day; acts: Set<CalendarAct> };

/** @param acts learns what is done. */
async function change(tx: Tx, gardenId: number, batchId: number, { changes, today, acts }: Asked) {
  const { stored, context } = await load(tx, gardenId, changes, today);
  const changing: Changing[] = [];
  for (const change of changes) {
    const one = stored.find(({ id }) => id === change.id);
    if (!one) return refuse('Une de ces livraisons n’existe plus.');
    const wished = wishedOf(one, change);
    if (isSame(one, wished)) continue;
    const name = `${one.tour.code}, semaine ${one.week}`;
    if (one.version !== change.version)
      return refuse(`Quelqu’un d’autre vient de changer cette livraison (${name}). Regardez ce qu’elle est devenue, puis recommencez.`);
    const why = whyNotChange(one, wished, context) ?? whyNotFate(one, wished.closed ? change.fate : null, changes, stored, context);
    if (why) return refuse(why);
    changing.push({ stored: one, wished, fate: change.fate });
  }
  if (changing.length === 0) return again;

  const closing = changing.filter(({ stored: before, wished }) => !before.closed && wished.closed);
  const opening = changing.filter(({ stored: before, wished }) => before.closed && !wished.closed);
  if (closing.length > 0) acts.add('closed');
  if (opening.length > 0) acts.add('reopened');
  if (changing.some(({ stored: { date }, wished }) => !wished.closed && wished.date !== date)) acts.add('moved');
  const concerned = await storeFates(
    tx,
    gardenId,
    batchId,
    closing.map(({ stored: { id, year, week }, fate }) => ({ id, year, week, fate })),
    context,
  );
  await withdrawFates(
    tx,
    opening.map(({ stored: { year, week, tourId } }) => ({ year, week, tourId, frozenWeeks: frozenWeeks(stored, tourId, context) })),
  );
  const rows = changing.map(({ stored: { id }, wished }) => ({ id, ...wished }));
  await sql`
    update delivery d set date = r.date, closed = r.closed, note = r.note, holiday = r.holiday, version = d.version + 1
    from jsonb_populate_recordset(null::delivery, ${JSON.stringify(rows)}::jsonb) as r
    where d.id = r.id`.execute(tx);
  // Elsewhere than in a week that closes, baskets may appear for anybody.
  return closing.length === changing.length ? { subscriptionIds: concerned } : null;
}

const isSame = (stored: Stored, wished: Changing['wished']): boolean =>
  stored.closed === wished.closed && stored.date === wished.date && stored.note === wished.note && stored.holiday === wished.holiday;

/** A delivery that opens again is asked about its bank holiday again. */
function wishedOf(stored: Stored, change: DeliveryChange): Changing['wished'] {
  const closed = change.closed ?? stored.closed;
  return {
    date: change.date ?? stored.date,
    closed,
    note: change.note ?? stored.note,
    holiday: change.holiday ?? (stored.closed && !closed ? '' : stored.holiday),
  };
}

/** The other week must take baskets: its delivery of the same tour takes place, is not closing too, and is not frozen. */
function whyNotFate(
  { tourId, week, year, tour }: Stored,
  fate: Fate | null,
  changes: readonly DeliveryChange[],
  stored: readonly Stored[],
  context: CutoffContext,
): string | null {
  if (fate === null || typeof fate !== 'object') return null;
  const other = stored.find((one) => one.tourId === tourId && one.year === fate.year && one.week === fate.week);
  const said = `Les paniers de la semaine ${week} (${tour.code}) ne peuvent pas aller en semaine ${fate.week}`;
  if (fate.year === year && fate.week === week) return `${said} : c’est celle que vous fermez.`;
  if (!other) return `${said} : elle n’est pas encore dans le calendrier.`;
  if (other.closed || changes.some((change) => change.id === other.id && change.closed)) return `${said} : elle est fermée.`;
  return deliveryState(other.date, other.tour, context) === 'open' ? null : `${said} : elle est passée ou déjà préparée.`;
}

const frozenWeeks = (stored: readonly Stored[], tourId: number, context: CutoffContext): number[] =>
  stored
    .filter((one) => one.tourId === tourId && deliveryState(one.date, one.tour, context) !== 'open')
    .map(({ year, week }) => year * 100 + week);

/** The deliveries of the years around those that change: what they become may lie in the next. One query. */
async function load(
  tx: Tx,
  gardenId: number,
  changes: readonly DeliveryChange[],
  today: Day,
): Promise<{ stored: Stored[]; context: CutoffContext }> {
  const ids = `{${changes.map(({ id }) => id).join()}}`;
  const { rows } = await sql<Stored & { settings: unknown; takenOverOn: Day | null }>`
    select d.id, d.tour_id as "tourId", d.year, d.week, d.version, d.usual_date as "usualDate", d.date, d.closed, d.note, d.holiday,
      jsonb_build_object('code', t.code, 'preparationWeekday', t.preparation_weekday, 'deliveryWeekday', t.delivery_weekday) as tour,
      g.settings, g.taken_over_on as "takenOverOn"
    from delivery d
    join tour t on t.garden_id = d.garden_id and t.id = d.tour_id
    join garden g on g.id = d.garden_id
    where d.garden_id = ${gardenId}
      and d.year between (select min(year) - 1 from delivery where id = any(${ids}::bigint[])) and (select max(year) + 1 from delivery where id = any(${ids}::bigint[]))`.execute(
    tx,
  );
  const { settings, takenOverOn } = rows[0] ?? { settings: {}, takenOverOn: null };
  return { stored: rows, context: { today, cutoffHours: readSettings(settings).cutoffHours, takenOverOn } };
}

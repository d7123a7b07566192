import { sql } from 'kysely';
import { readSettings } from '#domains/gardens/settings.ts';
import { statesOf } from '#domains/logistics/index.server.ts';
import type { Day, Weekday } from '#kernel/day.ts';
import { type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { type BulkResult, bulk } from './bulk.ts';
import type { Person } from './people.ts';

export type Closing = {
  id: number;
  slotId: number;
  depotId: number;
  /** « Mairie (armoire B) » */
  slot: string;
  tourCode: string;
  from: Day;
  until: Day;
  /** Null: its baskets are not delivered. */
  replacement: { depotId: number; name: string } | null;
  reason: string;
  batchId: number | null;
  withdrawn: boolean;
};

const closings = sql`
  select c.id, c.slot_id as "slotId", s.depot_id as "depotId", d.name || case when s.name = '' then '' else ' (' || s.name || ')' end as slot, t.code as "tourCode",
    c.from_on as "from", c.until_on as "until", c.reason, c.batch_id as "batchId", c.withdrawn_at is not null as withdrawn,
    case when o.id is not null then json_build_object('depotId', e.id, 'name', e.name || case when o.name = '' then '' else ' (' || o.name || ')' end) end as replacement
  from slot_closing c
  join slot s on s.garden_id = c.garden_id and s.id = c.slot_id
  join depot d on d.garden_id = s.garden_id and d.id = s.depot_id
  join tour t on t.garden_id = s.garden_id and t.id = s.tour_id
  left join slot o on o.garden_id = c.garden_id and o.id = c.replacement_slot_id
  left join depot e on e.garden_id = o.garden_id and e.id = o.depot_id`;

/** Closings of a depot's slots that stand and are not over, in order. One query. */
export function depotClosings(actor: Actor, depotId: number, today: Day): Promise<Closing[]> {
  requireRight(actor, 'logistics:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<Closing>`
      ${closings} where s.depot_id = ${depotId} and c.withdrawn_at is null and c.until_on >= ${today} order by c.from_on, c.id`.execute(tx);
    return rows;
  });
}

/** A closing with the people whose baskets it changed: those who have an e-mail, and those who are to be telephoned. Null when there is none. */
export function closingRecord(actor: Actor, id: number): Promise<{ closing: Closing; written: Person[]; toCall: Person[] } | null> {
  requireRight(actor, 'logistics:change');
  return inGarden(actor, async (tx) => {
    const closing = (await sql<Closing>`${closings} where c.id = ${id}`.execute(tx)).rows[0];
    if (!closing) return null;
    const { rows: people } = await sql<Person>`
      select distinct c.search, c.id, c.number, trim(c.last_name || ' ' || c.first_name) as name, c.phone, c.email
      from audit_entry a
      join subscription s on s.garden_id = a.garden_id and s.id = a.row_id
      join customer c on c.garden_id = s.garden_id and c.id = s.customer_id
      where a.garden_id = app_garden() and a.batch_id = ${closing.batchId} and a.table_name = 'basket'
      order by c.search, c.id`.execute(tx);
    return { closing, written: people.filter((one) => one.email !== ''), toCall: people.filter((one) => one.email === '') };
  });
}

/** What is prepared of a closing when it ends early: a day of the slot's own tour up to which it stays closed; null: nothing yet. */
async function preparedUntil(
  tx: Tx,
  closing: { slot_id: number; from_on: Day; until_on: Day; replacement_slot_id: number | null },
  today: Day,
): Promise<Day | null> {
  type Days = { date: Day; preparationWeekday: Weekday; deliveryWeekday: Weekday };
  const { rows } = await sql<{ home: Days; instead: Days | null; settings: unknown; takenOverOn: Day | null }>`
    select json_build_object('date', l.date, 'preparationWeekday', t.preparation_weekday, 'deliveryWeekday', t.delivery_weekday) as home,
      case when n.id is not null then json_build_object('date', n.date, 'preparationWeekday', u.preparation_weekday, 'deliveryWeekday', u.delivery_weekday) end as instead,
      g.settings, g.taken_over_on as "takenOverOn"
    from slot s
    join garden g on g.id = s.garden_id
    join tour t on t.garden_id = s.garden_id and t.id = s.tour_id
    join delivery l on l.garden_id = s.garden_id and l.tour_id = s.tour_id and not l.closed and l.date between ${closing.from_on} and ${closing.until_on}
    left join slot o on o.garden_id = s.garden_id and o.id = ${closing.replacement_slot_id}::bigint
    left join tour u on u.garden_id = o.garden_id and u.id = o.tour_id
    left join delivery n on n.garden_id = o.garden_id and n.tour_id = o.tour_id and n.year = l.year and n.week = l.week and not n.closed
    where s.garden_id = app_garden() and s.id = ${closing.slot_id}
    order by l.date desc`.execute(tx);
  const late = rows.find(({ home, instead, settings, takenOverOn }) => {
    const context = { today, cutoffHours: readSettings(settings).cutoffHours, takenOverOn };
    return [home, instead].some((one) => one && statesOf(one, context)(one.date) !== 'open');
  });
  return late?.home.date ?? null;
}

/**
 * Opens a closed slot again before its day: its baskets come back, in one step that can be undone. What is prepared already stays as it is:
 * the closing then ends there. Nobody is written to.
 */
export async function reopenSlot(
  actor: Actor,
  closingId: number,
  { today, mode }: { today: Day; mode: 'preview' | 'apply' },
): Promise<Outcome<BulkResult>> {
  requireRight(actor, 'logistics:change');
  const found = await closingRecord(actor, closingId);
  if (!found) return refuse('Cette fermeture n’existe pas dans votre jardin.');
  const name = `Réouverture de ${found.closing.slot}`;
  return bulk(actor, { kind: 'slot_closing', name, today, mode }, async (tx) => {
    const closing = await tx.selectFrom('slot_closing').selectAll().where('id', '=', closingId).executeTakeFirstOrThrow();
    if (closing.withdrawn_at || closing.until_on < today) return refuse('Ce passage est déjà rouvert.');
    const until = await preparedUntil(tx, closing, today);
    if (until !== null && until >= closing.until_on)
      return refuse('Toutes les livraisons de cette fermeture sont déjà préparées : elle se termine d’elle-même.');
    await tx
      .updateTable('slot_closing')
      .set(until === null ? { withdrawn_at: new Date() } : { until_on: until })
      .where('id', '=', closingId)
      .execute();
    return null;
  });
}

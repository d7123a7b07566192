import { sql } from 'kysely';
import { readSettings } from '#domains/gardens/settings.ts';
import { statesOf } from '#domains/logistics/index.server.ts';
import type { Day, Weekday } from '#kernel/day.ts';
import type { Tx } from '#platform/db/index.ts';

/** A basket of a slot that closes, whose it is, and where it would go. */
export type ConcernedRow = {
  subscriptionId: number;
  /** `name` as lists sort it, `called` as letters begin. */
  person: { id: number; number: string; name: string; called: string; phone: string; email: string };
  date: Day;
  /** False: prepared already, or about to be. */
  open: boolean;
  product: string;
  quantity: number;
  instead: { slotId: number; deliveryId: number; date: Day; open: boolean; depot: string; address: string; pickup: string } | null;
};

type Days = { preparationWeekday: Weekday; deliveryWeekday: Weekday };
type Row = Omit<ConcernedRow, 'open' | 'instead'> & {
  days: Days;
  instead: (Omit<NonNullable<ConcernedRow['instead']>, 'open'> & { days: Days }) | null;
  settings: unknown;
  takenOverOn: Day | null;
};

/** Baskets of a slot between two days, from today on, in order of date and name. One query. */
export async function concernedBy(
  tx: Tx,
  { slotId, from, until, replacementSlotId }: { slotId: number; from: Day; until: Day; replacementSlotId: number | null },
  today: Day,
): Promise<ConcernedRow[]> {
  const { rows } = await sql<Row>`
    select b.subscription_id as "subscriptionId", l.date, p.name as product, b.quantity, ${daysOf('t')} as days, g.settings, g.taken_over_on as "takenOverOn",
      json_build_object('id', c.id, 'number', c.number, 'name', trim(c.last_name || ' ' || c.first_name), 'called', trim(c.first_name || ' ' || c.last_name),
        'phone', c.phone, 'email', c.email) as person,
      case when n.id is not null then json_build_object('slotId', o.id, 'deliveryId', n.id, 'date', n.date, 'days', ${daysOf('u')}, 'pickup', o.pickup,
        'depot', d.name || case when o.name = '' then '' else ' (' || o.name || ')' end,
        'address', concat_ws(', ', nullif(d.address, ''), nullif(trim(d.postcode || ' ' || d.city), ''))) end as instead
    from basket b
    join delivery l on l.garden_id = b.garden_id and l.id = b.delivery_id
    join tour t on t.garden_id = l.garden_id and t.id = l.tour_id
    join garden g on g.id = b.garden_id
    join subscription s on s.garden_id = b.garden_id and s.id = b.subscription_id
    join customer c on c.garden_id = s.garden_id and c.id = s.customer_id
    join product p on p.garden_id = b.garden_id and p.id = b.product_id
    left join (slot o join depot d on d.garden_id = o.garden_id and d.id = o.depot_id join tour u on u.garden_id = o.garden_id and u.id = o.tour_id)
      on o.garden_id = b.garden_id and o.id = ${replacementSlotId}::bigint
    left join delivery n on n.garden_id = o.garden_id and n.tour_id = o.tour_id and n.year = l.year and n.week = l.week and not n.closed
      and not exists (select from slot_closing x where x.garden_id = o.garden_id and x.slot_id = o.id and x.withdrawn_at is null and n.date between x.from_on and x.until_on)
    where b.garden_id = app_garden() and b.slot_id = ${slotId} and l.date between ${from} and ${until} and l.date >= ${today} and not l.closed
    order by l.date, c.search, c.id, p.position`.execute(tx);
  return rows.map(({ days, settings, takenOverOn, instead, ...row }) => {
    const context = { today, cutoffHours: readSettings(settings).cutoffHours, takenOverOn };
    const isOpen = (tour: Days, date: Day) => statesOf(tour, context)(date) === 'open';
    if (!instead) return { ...row, open: isOpen(days, row.date), instead };
    const { days: other, ...place } = instead;
    return { ...row, open: isOpen(days, row.date), instead: { ...place, open: isOpen(other, place.date) } };
  });
}

const daysOf = (tour: 't' | 'u') =>
  sql`json_build_object('preparationWeekday', ${sql.ref(`${tour}.preparation_weekday`)}, 'deliveryWeekday', ${sql.ref(`${tour}.delivery_weekday`)})`;

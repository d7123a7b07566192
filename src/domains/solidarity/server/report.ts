import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';

/** `month`: « 2026-10 ». `funder` null: the people themselves. */
export type MonthRow = { month: string; people: number; baskets: number; cents: Cents };
export type PayerRow = { month: string; funder: string | null; cents: Cents };
export type PlaceRow = { place: string; people: number; baskets: number };
export type ProgrammeLine = { id: number; name: string; people: number; baskets: number; cents: Cents };
export type Report = {
  people: number;
  baskets: number;
  /** Public price of all these baskets. */
  cents: Cents;
  months: MonthRow[];
  payers: PayerRow[];
  places: PlaceRow[];
  programmes: ProgrammeLine[];
  /** Stays whose last day is in the period, by what came after, and how long they lasted (days, the mean). */
  after: { renewed: number; ordinary: number; ended: number; days: number | null };
};

/** What solidarity did between two days (included), read from payer lines: taken-back baskets count for nothing. Six queries, one after the other. */
export function report(actor: Actor, { from, until }: { from: Day; until: Day }): Promise<Report> {
  requireRight(actor, 'solidarity:read');
  // Baskets that were taken back, with their mirror, are left out.
  const lines = sql`from (
      select path_id, day, subscription_id, unit, funder_id, sum(cents) as cents, sum(quantity) as quantity from payer_line
      where garden_id = app_garden() and day between ${from} and ${until}
      group by path_id, day, subscription_id, unit, funder_id having sum(cents) <> 0 or sum(quantity) <> 0
    ) l join path h on h.garden_id = app_garden() and h.id = l.path_id`;
  // A basket counts once: on the line of the person, whatever she pays.
  const baskets = sql`(coalesce(sum(l.quantity) filter (where l.funder_id is null), 0))::integer`;
  const people = sql`count(distinct h.customer_id) filter (where l.funder_id is null and l.quantity > 0)::integer`;
  return readInGarden(actor, async (tx) => {
    const { rows: whole } = await sql<{ people: number; baskets: number; cents: Cents }>`
      select ${people} as people, ${baskets} as baskets, coalesce(sum(l.cents), 0)::bigint as cents ${lines}`.execute(tx);
    const { rows: months } = await sql<MonthRow>`
      select to_char(l.day, 'YYYY-MM') as month, ${people} as people, ${baskets} as baskets, sum(l.cents)::bigint as cents ${lines}
      group by 1 order by 1`.execute(tx);
    const { rows: payers } = await sql<PayerRow>`
      select to_char(l.day, 'YYYY-MM') as month, (select f.name from funder f where f.garden_id = app_garden() and f.id = l.funder_id) as funder,
        sum(l.cents)::bigint as cents ${lines} group by 1, l.funder_id having sum(l.cents) <> 0 order by 1, l.funder_id nulls first`.execute(
      tx,
    );
    const { rows: places } = await sql<PlaceRow>`
      select h.place, ${people} as people, ${baskets} as baskets ${lines} group by h.place order by 3 desc, 1`.execute(tx);
    const { rows: programmes } = await sql<ProgrammeLine>`
      select p.id, p.name, x.people, x.baskets, x.cents from (
        select h.programme_id, ${people} as people, ${baskets} as baskets, sum(l.cents)::bigint as cents ${lines} group by h.programme_id
      ) x join programme p on p.garden_id = app_garden() and p.id = x.programme_id order by search_text(p.name)`.execute(tx);
    const { rows: after } = await sql<Report['after']>`
      select count(*) filter (where r.id is not null)::integer as renewed, count(*) filter (where r.id is null and h.at_end = 'ordinary')::integer as ordinary,
        count(*) filter (where r.id is null and h.at_end <> 'ordinary')::integer as ended, round(avg(h.ends_on - h.starts_on + 1))::integer as days
      from path h left join path r on r.garden_id = h.garden_id and r.renewed_from = h.id
      where h.garden_id = app_garden() and h.subscription_id is not null and h.ends_on between ${from} and ${until}`.execute(tx);
    return { ...whole[0]!, months, payers, places, programmes, after: after[0]! };
  });
}

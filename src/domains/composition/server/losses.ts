import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Thousandths, Unit } from '#kernel/quantity.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';

/** What a period lost of something. */
export type LossRow = {
  produceId: number;
  name: string;
  emoji: string;
  unit: Unit;
  lost: Thousandths;
  /** What was picked on the days on which it was weighed; 0 when it never was. */
  picked: Thousandths;
  days: number;
  /** At the reference price of each day, in ten-millionths of a euro; null when it had none on one of them. */
  value: number | null;
  /** Why, the most lost first; an empty reason is one that was not told. */
  reasons: { reason: string; lost: Thousandths }[];
};

/** Losses from a day to another, both included; the greatest value first, then by name. One query. */
export function losses(actor: Actor, from: Day, until: Day): Promise<LossRow[]> {
  requireRight(actor, 'composition:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<LossRow>`
      with told as (
        select h.garden_id, h.produce_id, h.day, lower(trim(h.loss_reason)) as reason, coalesce(h.lost, 0)::bigint as lost, coalesce(h.picked, 0)::bigint as picked,
          coalesce(h.lost, 0) * (
            select unit_price::bigint from reference_price r
            where r.garden_id = h.garden_id and r.produce_id = h.produce_id and r.starts_on <= h.day order by r.starts_on desc limit 1) as value
        from harvest h where h.day between ${from} and ${until}
      ), reasons as (
        select produce_id, jsonb_agg(jsonb_build_object('reason', reason, 'lost', lost) order by lost desc, reason) as list
        from (select produce_id, reason, sum(lost) as lost from told where lost > 0 group by produce_id, reason) r group by produce_id
      )
      select p.id as "produceId", p.name, p.emoji, p.unit, sum(t.lost)::float8 as lost, sum(t.picked)::float8 as picked,
        count(*) filter (where t.lost > 0)::int as days,
        case when bool_or(t.lost > 0 and t.value is null) then null else sum(t.value) filter (where t.lost > 0) end::float8 as value, s.list as reasons
      from told t
      join reasons s on s.produce_id = t.produce_id
      join produce p on p.garden_id = t.garden_id and p.id = t.produce_id
      group by p.id, p.name, p.emoji, p.unit, s.list
      order by value desc nulls last, search_text(p.name)`.execute(tx);
    return rows;
  });
}

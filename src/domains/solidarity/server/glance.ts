import { sql } from 'kysely';
import { addDays, type Day } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { overdueClaims } from './claims-read.ts';
import { subscriptionsOf } from './paths.ts';
import { toSettle } from './settle-store.ts';

export type SolidarityGlance = { referrals: number; undecided: number; lowEnvelopes: number; lateClaims: number };

/**
 * What deserves a look: referrals to answer, baskets received that nobody pays until somebody decides, funders whose envelopes for a programme hold less than it
 * wants to be warned at, claims that are not paid on their day. At most five queries; those of a settlement more while some baskets are not split.
 */
export function solidarityGlance(actor: Actor, today: Day): Promise<SolidarityGlance> {
  requireRight(actor, 'solidarity:read');
  return readInGarden(actor, async (tx) => {
    const until = addDays(today, -1);
    const counted = sql<Omit<SolidarityGlance, 'undecided' | 'lateClaims'>>`
      select (select count(*)::integer from referral where garden_id = app_garden() and state = 'sent') as referrals,
        (select count(*)::integer from (
          select from programme_envelope e
          join programme p on p.garden_id = e.garden_id and p.id = e.programme_id and p.archived_at is null and coalesce(p.ends_on, ${today}) >= ${today}
          left join (select envelope_id, sum(cents) as cents, sum(quantity) as baskets from payer_line
            where garden_id = app_garden() and envelope_id is not null group by envelope_id) l on l.envelope_id = e.id
          where e.garden_id = app_garden() and e.withdrawn_at is null and e.starts_on <= ${today} and coalesce(e.ends_on, ${today}) >= ${today}
          group by e.programme_id, e.funder_id, p.warn_basis_points
          having count(e.cents) = count(*) and sum(e.cents - coalesce(l.cents, 0)) <= sum(e.cents) * p.warn_basis_points / 10000.0
            or count(e.baskets) = count(*) and sum(e.baskets - coalesce(l.baskets, 0)) <= sum(e.baskets) * p.warn_basis_points / 10000.0
        ) low) as "lowEnvelopes"`.execute(tx);
    const [{ rows }, unsplit, late] = await Promise.all([counted, someUnsplit(tx, until), overdueClaims(tx, today)]);
    const undecided = unsplit ? (await toSettle(tx, until)).waiting.length : 0;
    return { ...rows[0]!, undecided, lateClaims: late.length };
  });
}

/**
 * Whether some basket of a stay, delivered or given up to a day, has no lines that stand: the person's own line says that a basket is split. Most days there is none,
 * and working out who pays what is not worth asking.
 */
async function someUnsplit(tx: Tx, until: Day): Promise<boolean> {
  const { rows } = await sql<{ some: boolean }>`
    with held as materialized (
      select o.subscription_id as subscription, greatest(p.starts_on, ${addDays(until, -900)}::date) as first, least(p.ends_on, ${until}::date) as last
      from path p join ${subscriptionsOf} where p.garden_id = app_garden()
    ), wanted as (
      select h.subscription, l.date as day, b.quantity - coalesce(m.quantity, 0) as quantity
      from held h
      join basket b on b.garden_id = app_garden() and b.subscription_id = h.subscription
      join delivery l on l.garden_id = b.garden_id and l.id = b.delivery_id and not l.closed and l.date between h.first and h.last
      join garden g on g.id = l.garden_id and (g.taken_over_on is null or l.date >= g.taken_over_on)
      left join (select subscription_id, delivery_id, sum(quantity) as quantity from basket_outcome
        where garden_id = app_garden() and remedy is not null group by 1, 2) m on m.subscription_id = b.subscription_id and m.delivery_id = l.id and l.delivered_at is not null
      union all
      select h.subscription, m.day, m.quantity from held h, gifts_made(h.subscription) m where m.day between h.first and h.last
    ), written as (
      select subscription_id as subscription, day, sum(quantity) as quantity from payer_line where garden_id = app_garden() and funder_id is null group by 1, 2
    )
    select exists (
      select from (select subscription, day, sum(quantity) as quantity from wanted group by 1, 2) w left join written x using (subscription, day)
      where w.quantity > coalesce(x.quantity, 0)
    ) as some`.execute(tx);
  return rows[0]!.some;
}

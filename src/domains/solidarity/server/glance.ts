import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { overdueClaims } from './claims-read.ts';

export type SolidarityGlance = { referrals: number; lowEnvelopes: number; lateClaims: number };

/**
 * What deserves a look: referrals to answer, funders whose envelopes for a programme hold less than it wants to be warned at, claims that are not paid on their
 * day. At most four queries.
 */
export function solidarityGlance(actor: Actor, today: Day): Promise<SolidarityGlance> {
  requireRight(actor, 'solidarity:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<Omit<SolidarityGlance, 'lateClaims'>>`
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
    return { ...rows[0]!, lateClaims: (await overdueClaims(tx, today)).length };
  });
}

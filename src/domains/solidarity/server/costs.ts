import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import type { Tx } from '#platform/db/index.ts';
import type { ClaimablePart } from './claim-lines.ts';

/** What funders are asked for beside baskets: what a workshop cost. Read from its lines, which are added, never changed. */

/** `people` null: nobody said how many came. `cents` below zero: asked before, and taken back. */
export type AskedCost = { id: number; title: string; day: Day; people: number | null; cents: Cents };

/** What a funder owes of costs and was not asked for, of what took place up to a day. One query. */
export async function claimableCosts(tx: Tx, funderId: number, until: Day): Promise<ClaimablePart[]> {
  const { rows } = await sql<Pick<ClaimablePart, 'cents' | 'lines' | 'entries' | 'from' | 'until'>>`
    select sum(l.cents)::bigint as cents, jsonb_agg(l.id order by l.id) as lines, jsonb_agg(distinct l.entry_id) as entries,
      min(k.held_on) as from, max(k.held_on) as until
    from cost_line l join asked_cost k on k.garden_id = l.garden_id and k.id = l.cost_id
    where l.garden_id = app_garden() and l.funder_id = ${funderId} and k.held_on <= ${until}
      and not exists (select from claim_cost_line c where c.garden_id = l.garden_id and c.cost_line_id = l.id)
    having count(*) > 0`.execute(tx);
  return rows.map((row) => ({ of: 'workshops', treatment: 'subsidy', vatBasisPoints: 0, ...row }));
}

/** What these lines are for, in order of days. One query. */
export async function costsOf(tx: Tx, lines: readonly number[]): Promise<AskedCost[]> {
  const { rows } = await sql<AskedCost>`
    select k.id, k.title, k.held_on as day, k.people, sum(l.cents)::bigint as cents
    from cost_line l join asked_cost k on k.garden_id = l.garden_id and k.id = l.cost_id
    where l.garden_id = app_garden() and l.id = any(${[...lines]}::bigint[]) group by k.garden_id, k.id order by k.held_on, k.id`.execute(
    tx,
  );
  return rows;
}

/** Of the costs that a claim asked its funder for, what it pays as it stands now. One query. */
export async function standingCosts(tx: Tx, claimId: number): Promise<AskedCost[]> {
  const { rows } = await sql<AskedCost>`
    select k.id, k.title, k.held_on as day, k.people, sum(l.cents)::bigint as cents
    from (
      select distinct a.cost_id, a.funder_id from claim_cost_line c
      join cost_line a on a.garden_id = c.garden_id and a.id = c.cost_line_id
      where c.garden_id = app_garden() and c.claim_id = ${claimId}
    ) o
    join asked_cost k on k.garden_id = app_garden() and k.id = o.cost_id
    join cost_line l on l.garden_id = app_garden() and l.cost_id = o.cost_id and l.funder_id = o.funder_id
    group by k.garden_id, k.id having sum(l.cents) > 0 order by k.held_on, k.id`.execute(tx);
  return rows;
}

/** Who pays what something cost, as it stands. `claim` null: it will be asked with the funder's next claim. */
export type CostPayer = { funder: string; cents: Cents; claim: number | null; number: string | null; contested: boolean };

/** Of what was asked for a source (« workshop:12 »): nobody is left when the garden bears it; null when nothing was asked. One query. */
export async function payersOfCost(tx: Tx, source: string): Promise<CostPayer[] | null> {
  const { rows } = await sql<Omit<CostPayer, 'funder'> & { funder: string | null }>`
    select f.name as funder, s.cents, c.id as claim, c.number, c.contested_at is not null as contested
    from asked_cost k
    left join lateral (
      select l.funder_id, sum(l.cents)::bigint as cents, max(x.claim_id) filter (where l.cents > 0) as claim_id,
        coalesce(sum(l.cents) filter (where x.id is null), 0) as unclaimed
      from cost_line l left join claim_cost_line x on x.garden_id = l.garden_id and x.cost_line_id = l.id
      where l.garden_id = k.garden_id and l.cost_id = k.id group by l.funder_id having sum(l.cents) > 0) s on true
    left join funder f on f.garden_id = k.garden_id and f.id = s.funder_id
    left join claim c on c.garden_id = k.garden_id and c.id = s.claim_id and s.unclaimed = 0
    where k.garden_id = app_garden() and k.source = ${source} order by f.name`.execute(tx);
  return rows.length === 0 ? null : rows.filter((row): row is CostPayer => row.funder !== null);
}

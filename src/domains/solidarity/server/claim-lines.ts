import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import type { Tx } from '#platform/db/index.ts';
import { banded, type Group } from '../rules/evidence.ts';
import type { Treatment } from '../rules/posting.ts';
import { claimableCosts } from './costs.ts';

/** What a claim takes, read from payer lines and lines of costs. */

/** `lines`: of payers for baskets, of costs for workshops. */
export type ClaimablePart = {
  of: 'baskets' | 'workshops';
  treatment: Treatment;
  vatBasisPoints: number;
  cents: Cents;
  lines: number[];
  entries: number[];
  from: Day;
  until: Day;
};

/** What a funder owes and was not asked for, up to a day: baskets by treatment and rate of VAT, then workshops. Two queries. */
export async function claimable(tx: Tx, funderId: number, until: Day): Promise<ClaimablePart[]> {
  const { rows } = await sql<Omit<ClaimablePart, 'of'>>`
    select l.treatment, p.vat_basis_points as "vatBasisPoints", sum(l.cents)::bigint as cents, jsonb_agg(l.id order by l.id) as lines,
      coalesce(jsonb_agg(distinct l.entry_id) filter (where l.entry_id is not null), '[]') as entries, min(l.day) as from, max(l.day) as until
    from payer_line l join product p on p.garden_id = l.garden_id and p.id = l.product_id
    where l.garden_id = app_garden() and l.funder_id = ${funderId} and l.day <= ${until} and l.treatment is not null
      and not exists (select from claim_line c where c.garden_id = l.garden_id and c.payer_line_id = l.id)
    group by l.treatment, p.vat_basis_points order by l.treatment, p.vat_basis_points`.execute(tx);
  return [...rows.map((row) => ({ of: 'baskets' as const, ...row })), ...(await claimableCosts(tx, funderId, until))];
}

export type Evidence = {
  baskets: number;
  corrections: number;
  households: Group[];
  weeks: { year: number; week: number; baskets: number; people: number }[];
};

/** Whom lines are for, as counts: households by size, and by week. Never shown as they are: `told` hides small groups. Two queries. */
export async function evidenceOf(tx: Tx, lines: readonly number[]): Promise<Evidence> {
  const ids = sql`${[...lines]}::bigint[]`;
  const { rows: people } = await sql<{ household: number | null; people: number }>`
    select household, count(*)::integer as people from (
      select p.customer_id, max(p.household) as household from payer_line l join path p on p.garden_id = l.garden_id and p.id = l.path_id
      where l.garden_id = app_garden() and l.id = any(${ids}) group by p.customer_id having sum(l.quantity) > 0
    ) h group by household`.execute(tx);
  const { rows: weeks } = await sql<Evidence['weeks'][number] & { back: number }>`
    select extract(isoyear from l.day)::integer as year, extract(week from l.day)::integer as week,
      count(distinct (l.subscription_id, l.day, l.unit)) filter (where l.quantity > 0)::integer as baskets,
      count(distinct (l.subscription_id, l.day, l.unit)) filter (where l.quantity < 0)::integer as back,
      count(distinct p.customer_id) filter (where l.quantity > 0)::integer as people
    from payer_line l join path p on p.garden_id = l.garden_id and p.id = l.path_id
    where l.garden_id = app_garden() and l.id = any(${ids}) group by 1, 2 order by 1, 2`.execute(tx);
  return {
    baskets: weeks.reduce((sum, { baskets }) => sum + baskets, 0),
    corrections: weeks.reduce((sum, { back }) => sum + back, 0),
    households: banded(people),
    weeks: weeks.map(({ back: _, ...week }) => week),
  };
}

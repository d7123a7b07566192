import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Tx } from '#platform/db/index.ts';
import type { RunFilters } from '../schema-runs.ts';

const list = (values: readonly (string | number)[]) => (values.length > 0 ? [...values] : null);

/** Of a customer `c`: whether it is one of those a run is for; a record that serves the accounts alone is never. A customer is billed whole: filters by subscription choose people, not lines. */
const wanted = ({ clients, tournees, formules, modes, categories, paiements }: RunFilters, until: Day) => sql`
  c.garden_id = app_garden() and not c.technical
  and (${list(clients)}::bigint[] is null or c.id = any(${list(clients)}::bigint[]))
  and (${list(categories)}::text[] is null or c.category = any(${list(categories)}::text[]))
  and (${list(paiements)}::text[] is null or c.payment_method = any(${list(paiements)}::text[]))
  and (${list(tournees)}::bigint[] is null and ${list(formules)}::bigint[] is null and ${list(modes)}::text[] is null or exists (
    select from subscription_on(${until}) s
    join slot o on o.garden_id = s.garden_id and o.id = s.slot_id
    where s.garden_id = c.garden_id and s.customer_id = c.id
      and (${list(tournees)}::bigint[] is null or o.tour_id = any(${list(tournees)}::bigint[]))
      and (${list(formules)}::bigint[] is null or s.plan_id = any(${list(formules)}::bigint[]))
      and (${list(modes)}::text[] is null or s.billing_mode = any(${list(modes)}::text[]))))`;

/** How many customers a run goes through. */
export async function countCustomers(tx: Tx, filters: RunFilters, until: Day): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from customer c where ${wanted(filters, until)}`.execute(tx);
  return rows[0]!.count;
}

/** The next customers of a run, in the order of their ids. Archived ones too: they may still have something to settle. */
export async function nextCustomers(tx: Tx, filters: RunFilters, until: Day, after: number, limit: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select c.id from customer c where ${wanted(filters, until)} and c.id > ${after} order by c.id limit ${limit}`.execute(tx);
  return rows.map(({ id }) => id);
}

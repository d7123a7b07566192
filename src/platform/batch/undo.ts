import { sql } from 'kysely';
import { type Refusal, refuse } from '#kernel/outcome.ts';
import type { Tx } from '#platform/db/index.ts';

/**
 * Takes back what a batch did, from the trail it left. What batches write, those that point to others first: baskets are planned, not written; a
 * batch's own rows are its story, and stay.
 */
export const undoTables = [
  'composition_line',
  'composition',
  'waiting_wish',
  'waiting_entry',
  'request',
  'subscription_change',
  'slot_closing',
  'own_share',
  'subscription',
  'mandate',
  'membership',
  'customer',
  'plan_price',
  'plan',
  'season',
  'delivery',
  'slot',
  'depot',
  'product',
  'tour',
  'garden',
] as const;
type UndoTable = (typeof undoTables)[number];

const names: Record<UndoTable, string> = {
  composition_line: 'lignes de composition',
  composition: 'compositions',
  waiting_wish: 'souhaits de la liste d’attente',
  waiting_entry: 'demandes de la liste d’attente',
  subscription_change: 'changements d’abonnement',
  slot_closing: 'fermetures de point de dépôt',
  plan_price: 'prix des formules',
  plan: 'formules',
  season: 'saisons',
  request: 'demandes',
  own_share: 'prix convenus',
  subscription: 'abonnements',
  mandate: 'mandats',
  membership: 'adhésions',
  customer: 'clients',
  delivery: 'livraisons',
  slot: 'arrêts de tournée',
  depot: 'points de dépôt',
  product: 'paniers du catalogue',
  tour: 'tournées',
  garden: 'réglages du jardin',
};

/**
 * Refuses when a row of the batch was changed after it: any change of a row it added, or a change of the same columns of a row it changed.
 * What a batch that is undone did since counts for nothing.
 */
export async function changedSince(
  tx: Tx,
  batchId: number,
  said: 'Cet import' | 'Cette opération' = 'Cet import',
): Promise<Refusal | null> {
  const { rows } = await sql<{ table_name: UndoTable; count: number; batch: string | null }>`
    with mine as (
      select a.table_name, a.row_id, max(a.id) as last, bool_or(a.action = 'insert') as added,
        array(select distinct k from audit_entry u, jsonb_object_keys(u.after) k
          where u.batch_id = ${batchId} and u.table_name = a.table_name and u.row_id = a.row_id and u.action = 'update') as columns
      from audit_entry a
      where a.batch_id = ${batchId} and a.table_name in (${sql.join([...undoTables])})
      group by a.table_name, a.row_id
    )
    select m.table_name, count(distinct m.row_id)::integer as count, (array_agg(b.name order by e.id desc) filter (where b.name is not null))[1] as batch
    from mine m
    join audit_entry e on e.table_name = m.table_name and e.row_id = m.row_id and e.id > m.last
    left join batch b on b.garden_id = e.garden_id and b.id = e.batch_id
    where b.state is distinct from 'undone'
      and (m.added or e.action <> 'update' or exists (select from jsonb_object_keys(e.after) k where k = any(m.columns)))
    group by m.table_name
    order by count desc`.execute(tx);
  if (rows.length === 0) return null;
  const what = rows.map((row) => `${names[row.table_name]} (${row.count})`).join(', ');
  const batch = rows.find((row) => row.batch)?.batch;
  if (batch) return refuse(`« ${batch} », fait depuis, a changé ce que cela avait apporté : ${what}. Annulez cette opération-là d’abord.`);
  return said === 'Cet import'
    ? refuse(`Cet import ne peut plus être annulé : ce qu’il a apporté a été modifié depuis (${what}).`)
    : refuse(`Cette opération ne peut plus être annulée : ce qu’elle a apporté a été modifié depuis (${what}).`);
}

/** The columns a batch changed in a table take the value they had before its first change of them (kept in the trail, or apart for secrets). */
export async function restoreColumns(tx: Tx, batchId: number, table: UndoTable): Promise<void> {
  const { rows } = await sql<{ column: string }>`
    select distinct k as "column" from (${beforeOf(batchId, table)}) o, jsonb_object_keys(o.before) k`.execute(tx);
  if (rows.length === 0) return;
  const taken = rows.map(({ column }) => sql`${sql.ref(column)} = (p.old).${sql.ref(column)}`);
  if (versioned.has(table)) taken.push(sql`version = t.version + 1`);
  await sql`
    update ${sql.table(table)} t set ${sql.join(taken)}
    from (
      select x.id, jsonb_populate_record(x, o.before) as old
      from (${beforeOf(batchId, table)}) o
      join ${sql.table(table)} x on x.id = o.row_id
    ) p
    where t.id = p.id`.execute(tx);
}

/** Deletes the rows a batch added to a table. The database refuses when others point to them. */
export async function deleteAdded(tx: Tx, batchId: number, table: UndoTable): Promise<void> {
  if (table === 'garden') return;
  await sql`
    delete from ${sql.table(table)} t
    where t.garden_id = app_garden() and t.id = any(array(
      select row_id from audit_entry where batch_id = ${batchId} and table_name = ${table} and action = 'insert'))`.execute(tx);
}

/** Rows of a table that a batch deleted stand again as they were, under their own number: once those that it added are gone. */
export async function restoreDeleted(tx: Tx, batchId: number, table: UndoTable): Promise<void> {
  await sql`
    insert into ${sql.table(table)} overriding system value
    select (jsonb_populate_record(null::${sql.table(table)}, e.before)).* from audit_entry e
    where e.batch_id = ${batchId} and e.table_name = ${table} and e.action = 'delete' and e.row_id not in (
      select row_id from audit_entry where batch_id = ${batchId} and table_name = ${table} and action = 'insert')`.execute(tx);
}

const versioned: ReadonlySet<UndoTable> = new Set([
  ...([
    'composition',
    'waiting_entry',
    'subscription',
    'customer',
    'plan',
    'season',
    'delivery',
    'slot',
    'depot',
    'product',
    'tour',
    'garden',
  ] as const),
]);

/** Rows that the batch changed and had not added, with their columns as they were before it: the earliest value of each. */
const beforeOf = (batchId: number, table: UndoTable) => sql`
  select e.row_id, jsonb_object_agg(c.key, c.value order by e.turn desc) as before
  from (
    select row_id, before, id as turn from audit_entry where batch_id = ${batchId} and table_name = ${table} and action = 'update'
    union all
    select row_id, before, id from batch_secret where batch_id = ${batchId} and table_name = ${table}
  ) e, jsonb_each(e.before) c
  where e.row_id not in (select row_id from audit_entry where batch_id = ${batchId} and table_name = ${table} and action = 'insert')
  group by e.row_id`;

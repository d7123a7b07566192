import { sql } from 'kysely';
import type { Names } from '#platform/audit/say.ts';
import type { Tx } from '#platform/db/index.ts';

/** A row that an import changes: which one, and its columns before and after, as the trail has them. */
export type StoredChange = {
  table: string;
  /** « 1002 Lamy Pierre » */
  name: string;
  before: Record<string, unknown>;
  after: Record<string, unknown>;
};

/** `names`: what the columns of these rows refer to. */
export type StoredChanges = { rows: StoredChange[]; names: Names };

const mostPerTable = 30;

/** What a batch changes in rows that were there before it, read from the trail it left. A few rows of each table: examples, not a list. */
export async function changesOf(tx: Tx, batchId: number): Promise<StoredChanges> {
  const { rows } = await sql<StoredChange>`
    with entry as (
      select a.table_name, a.row_id, a.before, a.after, row_number() over (partition by a.table_name order by a.id) as place
      from audit_entry a
      where a.batch_id = ${batchId} and a.action = 'update'
        and a.table_name in ('tour', 'depot', 'slot', 'product', 'delivery', 'customer', 'membership', 'mandate', 'subscription', 'request')
        and not exists (
          select from audit_entry i
          where i.batch_id = a.batch_id and i.garden_id = a.garden_id and i.table_name = a.table_name and i.row_id = a.row_id and i.action = 'insert')
        -- The first closing or moving of a delivery is news, not a change.
        and not (a.table_name = 'delivery' and exists (
          select from delivery d
          where d.id = a.row_id and not coalesce((a.before ->> 'closed')::boolean, d.closed) and coalesce(a.before ->> 'note', d.note) = ''
            and coalesce((a.before ->> 'date')::date, d.date) = d.usual_date))
    )
    select e.table_name as "table", e.before, e.after, coalesce(case e.table_name
      when 'tour' then (select code || ' ' || name from tour where id = e.row_id)
      when 'depot' then (select number || ' ' || name from depot where id = e.row_id)
      when 'slot' then (select d.number || ' ' || d.name from slot s join depot d on d.garden_id = s.garden_id and d.id = s.depot_id where s.id = e.row_id)
      when 'product' then (select name from product where id = e.row_id)
      when 'delivery' then (
        select t.code || ', semaine ' || l.week from delivery l join tour t on t.garden_id = l.garden_id and t.id = l.tour_id where l.id = e.row_id)
      else (
        select c.number || ' ' || trim(c.last_name || ' ' || c.first_name) from customer c where c.id = case e.table_name
          when 'customer' then e.row_id
          when 'membership' then (select customer_id from membership where id = e.row_id)
          when 'mandate' then (select customer_id from mandate where id = e.row_id)
          when 'subscription' then (select customer_id from subscription where id = e.row_id)
          else (select s.customer_id from request q join subscription s on s.garden_id = q.garden_id and s.id = q.subscription_id where q.id = e.row_id)
        end)
    end, '') as name
    from entry e
    where e.place <= ${mostPerTable}
    order by e.table_name, e.place`.execute(tx);
  return { rows, names: rows.some(({ table }) => table === 'slot' || table === 'subscription') ? await namesOf(tx) : {} };
}

/** Tours, depots and products by the columns that refer to them. A garden has few. */
async function namesOf(tx: Tx): Promise<Names> {
  const { rows } = await sql<{ names: Names }>`
    select jsonb_build_object(
      'tour_id', (select jsonb_object_agg(id, code) from tour),
      'slot_id', (select jsonb_object_agg(s.id, d.name) from slot s join depot d on d.garden_id = s.garden_id and d.id = s.depot_id),
      'product_id', (select jsonb_object_agg(id, name) from product)) as names`.execute(tx);
  return rows[0]!.names;
}

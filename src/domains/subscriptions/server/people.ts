import { sql } from 'kysely';
import type { Tx } from '#platform/db/index.ts';

/** Somebody to tell of something, with how to reach her. */
export type Person = { id: number; number: string; name: string; phone: string; email: string };

/** How many are written to, and who has to be told otherwise. */
export type Told = { written: number; toCall: Person[] };

/** What became of letters to some customers. One query, none when all are reached. @param reached as `notify` answers. */
export async function toldOf(tx: Tx, customers: readonly number[], reached: ReadonlySet<number>): Promise<Told> {
  const left = customers.filter((id) => !reached.has(id));
  if (left.length === 0) return { written: reached.size, toCall: [] };
  const { rows } = await sql<Person>`
    select id, number, trim(last_name || ' ' || first_name) as name, phone, email from customer
    where garden_id = app_garden() and id = any(${`{${left.join()}}`}::bigint[]) order by search, id`.execute(tx);
  return { written: reached.size, toCall: rows };
}

import { sql } from 'kysely';
import type { Tx } from '#platform/db/index.ts';
import type { MethodKind } from '../rules/states.ts';

export type Method = {
  id: number;
  kind: MethodKind;
  name: string;
  /** Where the money stands until the bank has it: 511200 for cheques, 512000 for transfers… */
  account: string;
  /** Handed to the bank with a slip. */
  remitted: boolean;
  position: number;
  version: number;
  archived: boolean;
  /** How many payments were made with it. */
  used: number;
};

/** Ways of paying of the garden, those in use first, in their order. One query. */
export async function methods(tx: Tx, { archived = false } = {}): Promise<Method[]> {
  const { rows } = await sql<Method>`
    select m.id, m.kind, m.name, m.account, m.remitted, m.position, m.version, m.archived_at is not null as archived,
      (select count(*)::int from payment p where p.garden_id = m.garden_id and p.method_id = m.id) as used
    from payment_method m where m.garden_id = app_garden() and (${archived} or m.archived_at is null)
    order by m.archived_at is not null, m.position, search_text(m.name), m.id`.execute(tx);
  return rows;
}

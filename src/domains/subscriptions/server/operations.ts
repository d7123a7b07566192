import { sql } from 'kysely';
import { type Actor, can, requireRight } from '#platform/access/actor.ts';
import type { BatchKind } from '#platform/db/schema.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import type { BasketCounts } from '../rules/tell-difference.ts';
import { batchRights } from './bulk.ts';

/** A change to many customers at once, as it stands in the list. */
export type Operation = {
  id: number;
  kind: Exclude<BatchKind, 'import'>;
  name: string;
  state: 'applied' | 'undone';
  appliedAt: Date;
  undoneAt: Date | null;
  by: string | null;
  baskets: BasketCounts;
  customers: number;
  /** What was done, for those that change no basket. */
  said: string | null;
  /** This person may take it back, if nothing rests on it. */
  mayUndo: boolean;
};

/** What was done in bulk, latest first; imports have a list of their own. One query. */
export function listOperations(actor: Actor, { limit = 50, offset = 0 } = {}): Promise<{ rows: Operation[]; total: number }> {
  requireRight(actor, 'subscriptions:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<Omit<Operation, 'mayUndo' | 'baskets'> & { baskets: Partial<BasketCounts> | null; total: number }>`
      select b.id, b.kind, b.name, b.state, b.applied_at as "appliedAt", b.undone_at as "undoneAt", u.name as by, b.summary -> 'baskets' as baskets,
        coalesce((b.summary ->> 'customers')::int, 0) as customers, b.summary ->> 'said' as said, count(*) over ()::int as total
      from batch b
      left join auth."user" u on u.id = b.created_by
      where b.kind <> 'import' and b.applied_at is not null
      order by b.id desc
      limit ${limit} offset ${offset}`.execute(tx);
    return {
      rows: rows.map(({ total: _, baskets, ...row }) => ({
        ...row,
        baskets: { added: 0, removed: 0, moved: 0, changed: 0, ...baskets },
        mayUndo: row.state === 'applied' && can(actor, batchRights[row.kind]),
      })),
      total: rows[0]?.total ?? 0,
    };
  });
}

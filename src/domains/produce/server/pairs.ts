import { sql } from 'kysely';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';

/** Says that two do not go together in one basket. Sent twice, it acts once. */
export function addPair(actor: Actor, produceId: number, otherId: number): Promise<Outcome<null>> {
  requireRight(actor, 'catalogue:change');
  return inGarden(actor, (tx) => keepApart(tx, actor.gardenId, produceId, otherId));
}

/** The same within a transaction of the caller's, who has checked the right. */
export async function keepApart(tx: Tx, gardenId: number, produceId: number, otherId: number): Promise<Outcome<null>> {
  const { rows } = await sql<{ found: number }>`
    select count(*)::int as found from produce where id in (${produceId}, ${otherId})`.execute(tx);
  if (produceId === otherId || rows[0]!.found < 2) return refuse('Choisissez un autre produit.', { other: 'Choisissez un autre produit.' });
  await sql`
    insert into produce_pair (garden_id, produce_id, other_id)
    values (${gardenId}, least(${produceId}::bigint, ${otherId}), greatest(${produceId}::bigint, ${otherId})) on conflict do nothing`.execute(
    tx,
  );
  return done(null);
}

/** They go together again. */
export function removePair(actor: Actor, produceId: number, pairId: number): Promise<Outcome<null>> {
  requireRight(actor, 'catalogue:change');
  return inGarden(actor, async (tx) => {
    await sql`delete from produce_pair where id = ${pairId} and ${produceId}::bigint in (produce_id, other_id)`.execute(tx);
    return done(null);
  });
}

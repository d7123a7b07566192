import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { taskField } from '../labels-packing.ts';
import { type PackingRow, packingOf } from './packing-store.ts';

/** So many baskets of a kind are ready for a stop, all told. `version`: what was shown when it was said; 0 when nothing was marked yet. */
export type Mark = { slotId: number; productId: number; packed: number; version: number };

/**
 * Says how many baskets are ready for stops of a delivery: all of it, or nothing. Said twice, it acts once; what somebody else has said meanwhile is told,
 * not written over. Three queries, whatever the number of marks.
 */
export function markPacked(actor: Actor, deliveryId: number, marks: readonly Mark[], today: Day): Promise<Outcome<{ changed: number }>> {
  requireRight(actor, 'preparation:change');
  return inGarden(actor, async (tx) => {
    if (!(await lockOpen(tx, deliveryId))) return refuse('Cette livraison n’a plus lieu.');
    const rows = new Map((await packingOf(tx, actor.gardenId, [deliveryId], today)).map((row) => [keyOf(row), row]));
    const written: Mark[] = [];
    for (const mark of marks) {
      const row = rows.get(keyOf(mark));
      if (!row) return refuse('Ce panier n’est plus à préparer pour ce dépôt. La page montre ce qui reste.');
      if (row.packed === mark.packed) continue;
      const against = refusal(row, mark);
      if (against) return refuse(against, { packed: against });
      written.push(mark);
    }
    if (written.length > 0) await write(tx, actor.gardenId, deliveryId, written);
    return done({ changed: written.length });
  });
}

const keyOf = ({ slotId, productId }: { slotId: number; productId: number }) => `${slotId}/${productId}`;

function refusal(row: PackingRow, mark: Mark): string | null {
  if (row.version !== mark.version)
    return `Pour ${row.depotName}, quelqu’un vient de noter ${row.packed} prêts sur ${row.due}. Regardez, puis recommencez si besoin.`;
  if (mark.packed > row.due && mark.packed > row.packed) return `Il n’en faut que ${row.due} pour ${row.depotName}.`;
  return null;
}

/** Two people who mark one delivery wait for each other; planning does not. */
async function lockOpen(tx: Tx, deliveryId: number): Promise<boolean> {
  const { rows } = await sql`select from delivery where id = ${deliveryId} and not closed for no key update`.execute(tx);
  return rows.length > 0;
}

async function write(tx: Tx, gardenId: number, deliveryId: number, marks: readonly Mark[]): Promise<void> {
  await sql`
    insert into packing as p (garden_id, delivery_id, slot_id, product_id, packed)
    select ${gardenId}::integer, ${deliveryId}::bigint, r."slotId", r."productId", r.packed
    from jsonb_to_recordset(${JSON.stringify(marks)}::jsonb) as r("slotId" bigint, "productId" bigint, packed int)
    on conflict (garden_id, delivery_id, slot_id, product_id) do update set packed = excluded.packed, version = p.version + 1`.execute(tx);
}

/** Who prepares a kind of basket of a tour, or the whole tour (`productId` null); '' for nobody in particular. `was`: who was shown when it was said. */
export type Task = { productId: number | null; who: string; was: string };

/**
 * Says who prepares what in a delivery. What somebody else has said meanwhile is told beside its field (`who-12`, `who-tout`), and nothing is written.
 */
export function assignTasks(actor: Actor, deliveryId: number, tasks: readonly Task[]): Promise<Outcome<null>> {
  requireRight(actor, 'preparation:change');
  return inGarden(actor, async (tx) => {
    if (!(await lockOpen(tx, deliveryId))) return refuse('Cette livraison n’a plus lieu.');
    const { rows: stored } = await sql<{ productId: number | null; who: string }>`
      select product_id as "productId", who from packing_task where delivery_id = ${deliveryId}`.execute(tx);
    const known = new Map(stored.map((task) => [task.productId, task.who]));
    const now = ({ productId }: Task) => known.get(productId) ?? '';
    // What was shown and left as it was is not sent back over what somebody else wrote.
    const changed = tasks.filter((task) => task.who !== task.was && task.who !== now(task));
    const late = changed.filter((task) => now(task) !== task.was);
    if (late.length > 0)
      return refuse(
        'Quelqu’un d’autre vient de dire qui prépare. Comparez avec ce qui est écrit sous les champs, puis enregistrez à nouveau.',
        Object.fromEntries(
          late.map((task) => [
            taskField(task.productId),
            now(task) ? `Maintenant enregistré : « ${now(task)} ».` : 'Maintenant effacé par quelqu’un d’autre.',
          ]),
        ),
      );
    const gone = changed.filter((task) => task.who === '').map((task) => task.productId);
    if (gone.length > 0)
      await sql`
        delete from packing_task where delivery_id = ${deliveryId} and coalesce(product_id, 0) = any(${`{${gone.map((id) => id ?? 0).join()}}`}::bigint[])`.execute(
        tx,
      );
    const kept = changed.filter((task) => task.who !== '');
    if (kept.length > 0)
      await sql`
        insert into packing_task as k (garden_id, delivery_id, product_id, who)
        select ${actor.gardenId}::integer, ${deliveryId}::bigint, r."productId", r.who
        from jsonb_to_recordset(${JSON.stringify(kept)}::jsonb) as r("productId" bigint, who text)
        on conflict (garden_id, delivery_id, product_id) do update set who = excluded.who, version = k.version + 1`.execute(tx);
    return done(null);
  });
}

import { sql } from 'kysely';
import { readSettings } from '#domains/gardens/settings.ts';
import { deliveryState } from '#domains/logistics/index.server.ts';
import { type Day, sayDay, type Weekday } from '#kernel/day.ts';
import { done, type Outcome, type Refusal, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { changedSince, deleteAdded, restoreColumns, restoreDeleted, undoTables } from '#platform/batch/undo.ts';
import type { Tx } from '#platform/db/index.ts';
import type { BatchKind } from '#platform/db/schema.ts';
import { inGarden, markBatch } from '#platform/db/tenancy.ts';
import { batchRights } from './bulk.ts';
import { lockPlan } from './lock.ts';
import { overMadeUp } from './outcomes.ts';
import { planBaskets } from './planning.ts';

/**
 * Puts the garden back as it was before a change made in bulk (imports have an undo of their own), from the trail it left: rows it added go,
 * columns it changed come back, baskets are planned again. Refused when something done since rests on it, or when a delivery it changed has
 * been prepared since. Sent twice, it acts once.
 */
export async function undoBatch(actor: Actor, batchId: number, today: Day): Promise<Outcome<{ name: string; kind: BatchKind }>> {
  requireRight(actor, 'subscriptions:read');
  try {
    return await inGarden(actor, async (tx) => {
      await lockPlan(tx, actor.gardenId);
      const batch = await tx.selectFrom('batch').select(['kind', 'name', 'state']).where('id', '=', batchId).executeTakeFirst();
      if (!batch || batch.kind === 'import') return refuse('Cette opération n’existe pas dans votre jardin.');
      requireRight(actor, batchRights[batch.kind satisfies BatchKind]);
      if (batch.state !== 'undone') {
        const work =
          batch.kind === 'delivered'
            ? notDelivered(tx, batchId, today)
            : batch.kind === 'composition'
              ? asComposed(tx, batchId)
              : batch.kind === 'reminders'
                ? takeBackReminders(tx, batchId)
                : takeBack(tx, actor.gardenId, batchId, today);
        const refusal = await work;
        if (refusal) throw new Refused(refusal);
      }
      return done({ name: batch.name, kind: batch.kind });
    });
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    // A row that came since points to one that this batch added, or stands where one was: the database itself refuses.
    if (['23503', '23505'].includes((error as { code?: string }).code ?? ''))
      return refuse('Des données enregistrées depuis reposent sur cette opération : elle ne peut plus être annulée en entier.');
    throw error;
  }
}

/** Nothing that was begun is kept. */
class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.reason);
    this.refusal = refusal;
  }
}

async function takeBack(tx: Tx, gardenId: number, batchId: number, today: Day): Promise<Refusal | null> {
  const refusal = (await changedSince(tx, batchId, 'Cette opération')) ?? (await prepared(tx, gardenId, batchId, today));
  if (refusal) return refusal;
  await markBatch(tx, batchId);
  await sql`
    delete from basket where garden_id = ${gardenId} and (
      subscription_id in (${addedTo(batchId, 'subscription')}) or delivery_id in (${addedTo(batchId, 'delivery')}))`.execute(tx);
  // Requests it made go first: one that it withdrew comes back in the stead of its own.
  await deleteAdded(tx, batchId, 'request');
  for (const table of undoTables) await restoreColumns(tx, batchId, table);
  // What customers receive is planned again before the slots it came with go; on days that it made, nothing may be planned.
  for (const table of ['request', 'subscription_change', 'slot_closing', 'own_share', 'subscription', 'delivery'] as const)
    await deleteAdded(tx, batchId, table);
  await planBaskets(tx, gardenId, { today });
  for (const table of undoTables) await deleteAdded(tx, batchId, table);
  await markUndone(tx, batchId);
  return null;
}

/**
 * A delivery that was said to be done is to be done again. What was noted of its baskets stays noted, without effect: it can be mended before
 * the delivery is said to be done once more. No basket changes; what was billed of
 * them follows with the next bill.
 */
async function notDelivered(tx: Tx, batchId: number, today: Day): Promise<Refusal | null> {
  const refusal = await changedSince(tx, batchId, 'Cette opération');
  if (refusal) return refusal;
  await markBatch(tx, batchId);
  const { rows } = await sql<{ id: number }>`
    select distinct o.subscription_id as id from basket_outcome o
    join delivery l on l.garden_id = o.garden_id and l.id = o.delivery_id
    where l.delivered_batch_id = ${batchId} and o.remedy = 'make_up'`.execute(tx);
  await restoreColumns(tx, batchId, 'delivery');
  const ids = rows.map((row) => row.id);
  const customer = await overMadeUp(tx, ids, today);
  if (customer) return refuse(`${customer} a déjà rattrapé son panier de cette livraison : retirez d’abord ce rattrapage.`);
  await markUndone(tx, batchId);
  return null;
}

/** Compositions hold again what they held before. No basket of anybody changes. */
async function asComposed(tx: Tx, batchId: number): Promise<Refusal | null> {
  const refusal = await changedSince(tx, batchId, 'Cette opération');
  if (refusal) return refusal;
  await markBatch(tx, batchId);
  for (const table of ['composition_line', 'composition'] as const) {
    await restoreColumns(tx, batchId, table);
    await deleteAdded(tx, batchId, table);
  }
  for (const table of ['composition', 'composition_line'] as const) await restoreDeleted(tx, batchId, table);
  // Lines carry no version: whoever has a composition open must learn that it changed.
  await sql`
    update composition set version = version + 1
    where id in (select (before ->> 'composition_id')::bigint from audit_entry where batch_id = ${batchId} and table_name = 'composition_line'
      union select composition_id from composition_line where id in (
        select row_id from audit_entry where batch_id = ${batchId} and table_name = 'composition_line'))`.execute(tx);
  await markUndone(tx, batchId);
  return null;
}

/** Reminders no longer stand: the same may be proposed again. No basket changes; mails that left do not come back. */
export async function takeBackReminders(tx: Tx, batchId: number): Promise<null> {
  await markBatch(tx, batchId);
  await sql`update reminder set withdrawn_at = now() where garden_id = app_garden() and batch_id = ${batchId} and withdrawn_at is null`.execute(
    tx,
  );
  await markUndone(tx, batchId);
  return null;
}

const markUndone = (tx: Tx, batchId: number) =>
  sql`update batch set state = 'undone', undone_at = now(), version = version + 1 where id = ${batchId}`.execute(tx);

const addedTo = (batchId: number, table: 'subscription' | 'delivery') =>
  sql`select row_id from audit_entry where batch_id = ${batchId} and table_name = ${table} and action = 'insert'`;

/** Deliveries that the batch changed: their own row, baskets it took or altered there, those of subscriptions it made. Frozen since, they stay. */
async function prepared(tx: Tx, gardenId: number, batchId: number, today: Day): Promise<Refusal | null> {
  const garden = await tx.selectFrom('garden').select(['settings', 'taken_over_on']).where('id', '=', gardenId).executeTakeFirstOrThrow();
  const context = { today, cutoffHours: readSettings(garden.settings).cutoffHours, takenOverOn: garden.taken_over_on };
  const { rows } = await sql<{ date: Day; earlier: Day | null; preparationWeekday: Weekday; deliveryWeekday: Weekday }>`
    with mine as (select * from audit_entry where batch_id = ${batchId}),
    touched as (
      select row_id as id, before ->> 'date' as earlier from mine where table_name = 'delivery' and action = 'update'
      union
      select (basket ->> 'delivery_id')::bigint, null from mine, jsonb_array_elements(before) basket
      where table_name = 'basket' and jsonb_typeof(before) = 'array'
      union
      select b.delivery_id, null from basket b where b.garden_id = ${gardenId} and b.subscription_id in (${addedTo(batchId, 'subscription')})
    )
    select distinct l.date, k.earlier::date as earlier, t.preparation_weekday as "preparationWeekday", t.delivery_weekday as "deliveryWeekday"
    from touched k
    join delivery l on l.garden_id = ${gardenId} and l.id = k.id
    join tour t on t.garden_id = l.garden_id and t.id = l.tour_id
    order by l.date`.execute(tx);
  const late = rows.find((row) => [row.date, row.earlier].some((date) => date !== null && deliveryState(date, row, context) !== 'open'));
  return late ? refuse(`La livraison du ${sayDay(late.date)} a été préparée depuis : cette opération ne peut plus être annulée.`) : null;
}

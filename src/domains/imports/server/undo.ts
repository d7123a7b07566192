import { sql } from 'kysely';
import { readSettings } from '#domains/gardens/settings.ts';
import { type CutoffContext, deliveryState } from '#domains/logistics/index.server.ts';
import { planBaskets } from '#domains/subscriptions/index.server.ts';
import type { Day, Weekday } from '#kernel/day.ts';
import { done, type Outcome, type Refusal, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { changedSince, deleteAdded, restoreColumns, undoTables } from '#platform/batch/undo.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, markBatch } from '#platform/db/tenancy.ts';
import { lockBatch } from './store.ts';
import { forgetHistory } from './take-over.ts';

/**
 * Puts the garden back as it was before an import, from the trail the import left: rows it added go, rows it changed take their columns
 * back, baskets are planned again. Refused when something done since rests on it. Sent twice, it acts once.
 */
export async function undoImport(actor: Actor, batchId: number, when: { today: Day }): Promise<Outcome<null>> {
  requireRight(actor, 'imports:change');
  try {
    return await inGarden(actor, async (tx) => {
      const refusal = await undo(tx, actor.gardenId, batchId, when);
      if (refusal) throw new Undoable(refusal);
      return done(null);
    });
  } catch (error) {
    if (error instanceof Undoable) return error.refusal;
    const { code, table } = error as { code?: string; table?: string };
    // A row that came since points to one that this import added: the database itself refuses.
    if (code === '23503')
      return refuse(
        `${restsOn[table ?? ''] ?? 'Des données enregistrées depuis'} reposent sur cet import : il ne peut plus être annulé en entier.`,
      );
    throw error;
  }
}

/** Nothing that was begun is kept. */
class Undoable extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.reason);
    this.refusal = refusal;
  }
}

const restsOn: Record<string, string> = {
  request: 'Des demandes enregistrées depuis',
  subscription: 'Des abonnements enregistrés depuis',
  basket: 'Des paniers prévus depuis',
  membership: 'Des adhésions enregistrées depuis',
  mandate: 'Des mandats enregistrés depuis',
  slot: 'Des arrêts de tournée enregistrés depuis',
  delivery: 'Des livraisons prévues depuis',
  entry_line: 'Des soldes ouverts ou des écritures passées depuis',
  charge: 'Des lignes à facturer enregistrées depuis',
  document: 'Des factures émises depuis',
  payment: 'Des paiements enregistrés depuis',
};

async function undo(tx: Tx, gardenId: number, batchId: number, { today }: { today: Day }): Promise<Refusal | null> {
  await sql`select pg_advisory_xact_lock(1, ${gardenId})`.execute(tx);
  const batch = await lockBatch(tx, batchId);
  if (!batch) return refuse('Cet import n’existe plus.');
  if (batch.state === 'undone') return null;
  if (batch.state === 'proposed') return refuse('Cet import n’a pas été fait : il n’y a rien à annuler.');
  const refusal = await changedSince(tx, batchId);
  if (refusal) return refusal;

  const garden = await tx.selectFrom('garden').select(['settings', 'taken_over_on']).where('id', '=', gardenId).executeTakeFirstOrThrow();
  const context = { today, cutoffHours: readSettings(garden.settings).cutoffHours, takenOverOn: garden.taken_over_on };
  const late = await changedServed(tx, batchId, context);
  if (late) return late;
  await markBatch(tx, batchId);
  const served = await removeBaskets(tx, gardenId, batchId, context);
  if (served) return served;
  if (await madeTakeOver(tx, batchId)) await forgetHistory(tx, gardenId, context);
  for (const table of undoTables) await restoreColumns(tx, batchId, table);
  await sql`delete from batch_secret where batch_id = ${batchId}`.execute(tx);
  // What customers receive is planned again before the places and days it came with go, and once more without them.
  for (const table of asked) await deleteAdded(tx, batchId, table);
  await planBaskets(tx, gardenId, { today, takenOver: true });
  await removeBaskets(tx, gardenId, batchId, context);
  for (const table of undoTables) await deleteAdded(tx, batchId, table);
  await planBaskets(tx, gardenId, { today, takenOver: true });
  await sql`update batch set state = 'undone', undone_at = now(), version = version + 1 where id = ${batchId}`.execute(tx);
  return null;
}

const asked = ['request', 'subscription'] as const;

/** Baskets of the subscriptions and deliveries that go. Those of deliveries past their cut-off were prepared for somebody: they stay, and all with them. */
async function removeBaskets(tx: Tx, gardenId: number, batchId: number, context: CutoffContext): Promise<Refusal | null> {
  const added = sql`
    select row_id from audit_entry where batch_id = ${batchId} and action = 'insert'`;
  const going = sql`b.garden_id = ${gardenId} and (
    b.subscription_id in (${added} and table_name = 'subscription') or b.delivery_id in (${added} and table_name = 'delivery'))`;
  const { rows } = await sql<{ date: Day; preparationWeekday: Weekday; deliveryWeekday: Weekday }>`
    select distinct d.date, t.preparation_weekday as "preparationWeekday", t.delivery_weekday as "deliveryWeekday"
    from basket b
    join delivery d on d.garden_id = b.garden_id and d.id = b.delivery_id
    join tour t on t.garden_id = d.garden_id and t.id = d.tour_id
    where ${going}`.execute(tx);
  if (rows.some((delivery) => deliveryState(delivery.date, delivery, context) === 'frozen')) {
    return refuse(
      'Des paniers de cet import ont déjà été préparés ou livrés : il ne peut plus être annulé. Corrigez plutôt les fiches concernées.',
    );
  }
  await sql`delete from basket b where ${going}`.execute(tx);
  return null;
}

/**
 * Deliveries that the import closed or moved, and those that its requests take from or add to: once they are frozen, what it brought to them
 * cannot be taken back, and taking back the rest would lose a basket or give it twice.
 */
async function changedServed(tx: Tx, batchId: number, context: CutoffContext): Promise<Refusal | null> {
  const { rows } = await sql<{ date: Day; preparationWeekday: Weekday; deliveryWeekday: Weekday }>`
    with touched as (
      select d.id, d.tour_id, d.date
      from audit_entry a
      join request r on r.garden_id = a.garden_id and r.id = a.row_id and r.withdrawn_at is null
      join subscription s on s.garden_id = r.garden_id and s.id = r.subscription_id
      join slot o on o.garden_id = s.garden_id and o.id = s.slot_id
      join delivery d on d.garden_id = o.garden_id and d.tour_id = o.tour_id and not d.closed and (d.year, d.week) in (
        (r.year, r.week), (r.to_year, r.to_week), ((a.before ->> 'to_year')::integer, (a.before ->> 'to_week')::integer))
      where a.batch_id = ${batchId} and a.table_name = 'request'
      union
      select d.id, d.tour_id, d.date
      from audit_entry a
      join delivery d on d.garden_id = a.garden_id and d.id = a.row_id
      where a.batch_id = ${batchId} and a.table_name = 'delivery' and a.action = 'update'
        and (select b.id from basket b where b.delivery_id = d.id limit 1) is not null
    )
    select distinct d.date, t.preparation_weekday as "preparationWeekday", t.delivery_weekday as "deliveryWeekday"
    from touched d join tour t on t.id = d.tour_id`.execute(tx);
  if (!rows.some((delivery) => deliveryState(delivery.date, delivery, context) === 'frozen')) return null;
  return refuse(
    'Des livraisons que cet import a changées ont été déjà préparées : il ne peut plus être annulé. Corrigez plutôt les fiches concernées.',
  );
}

async function madeTakeOver(tx: Tx, batchId: number): Promise<boolean> {
  const { rows } = await sql`
    select from audit_entry where batch_id = ${batchId} and table_name = 'garden' and after ? 'taken_over_on'`.execute(tx);
  return rows.length > 0;
}

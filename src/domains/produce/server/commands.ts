import { sql } from 'kysely';
import { changedMeanwhile } from '#kernel/conflict.ts';
import { done, type Outcome, type Refusal, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { tellProduce } from '../labels.ts';
import type { ProduceValues } from '../schema.ts';
import { loadProduce, type Produce } from './store.ts';

const never = '2000-01-01';

/** Adds something that baskets are made of. Sent twice, it acts once. */
export function createProduce(actor: Actor, values: ProduceValues): Promise<Outcome<{ id: number }>> {
  requireRight(actor, 'catalogue:change');
  return inGarden(actor, async (tx) => {
    const wrong = await checkReferences(tx, values, null);
    if (wrong) return wrong;
    const columns = columnsOf(values);
    const { rows } = await sql<{ id: number }>`
      insert into produce (garden_id, ${sql.join(Object.keys(columns).map((name) => sql.ref(name)))})
      values (${actor.gardenId}, ${sql.join(Object.values(columns))})
      on conflict (garden_id, name) do nothing returning id`.execute(tx);
    if (rows[0]) return done({ id: rows[0].id });
    const [same] = await loadProduce(tx, never, sql`p.name = ${values.name}`);
    return same && !same.archived && alike(same, values) ? done({ id: same.id }) : nameTaken(values.name);
  });
}

/** Changes what is said of it. Compositions that are written keep the unit they were written in. Sent twice, it acts once. */
export function changeProduce(actor: Actor, id: number, version: number, values: ProduceValues): Promise<Outcome<null>> {
  requireRight(actor, 'catalogue:change');
  return inGarden(actor, async (tx) => {
    await sql`select from produce where id = ${id} for update`.execute(tx);
    const [stored] = await loadProduce(tx, never, sql`p.id = ${id}`);
    if (!stored) return refuse('Ce produit n’existe plus.');
    if (alike(stored, values)) return done(null);
    if (stored.version !== version) return conflict(tx, stored, values);
    const wrong = (await checkReferences(tx, values, stored)) ?? (await checkUnit(tx, stored, values));
    if (wrong) return wrong;
    const { rows } = await sql`select from produce where name = ${values.name} and id <> ${id}`.execute(tx);
    if (rows.length) return nameTaken(values.name);
    await tx
      .updateTable('produce')
      .set({ ...columnsOf(values), version: version + 1 })
      .where('id', '=', id)
      .execute();
    return done(null);
  });
}

/** Takes it off the lists; what was composed with it stays. */
export function archiveProduce(actor: Actor, id: number): Promise<Outcome<null>> {
  requireRight(actor, 'catalogue:change');
  return inGarden(actor, async (tx) => {
    await sql`update produce set archived_at = now(), version = version + 1 where id = ${id} and archived_at is null`.execute(tx);
    const { rows } = await sql`select from produce where id = ${id}`.execute(tx);
    return rows.length ? done(null) : refuse('Ce produit n’existe pas.');
  });
}

/** Puts it back on the lists. */
export function restoreProduce(actor: Actor, id: number): Promise<Outcome<null>> {
  requireRight(actor, 'catalogue:change');
  return inGarden(actor, async (tx) => {
    await sql`update produce set archived_at = null, version = version + 1 where id = ${id} and archived_at is not null`.execute(tx);
    const { rows } = await sql`select from produce where id = ${id}`.execute(tx);
    return rows.length ? done(null) : refuse('Ce produit n’existe pas.');
  });
}

const columnsOf = (produce: ProduceValues) => ({
  name: produce.name,
  category: produce.category,
  family: produce.family,
  unit: produce.unit,
  piece_grams: produce.pieceGrams,
  organic: produce.organic,
  months: produce.months,
  storage: produce.storage,
  emoji: produce.emoji,
  supplier_id: produce.supplierId,
  crew_id: produce.crewId,
  container: produce.container,
  container_quantity: produce.containerQuantity,
});

const alike = (one: ProduceValues, other: ProduceValues): boolean => JSON.stringify(columnsOf(one)) === JSON.stringify(columnsOf(other));

const nameTaken = (name: string) =>
  refuse('Ce nom est déjà pris.', { name: `Un autre produit s’appelle « ${name} » (peut-être est-il archivé). Choisissez un autre nom.` });

/** A supplier and a crew that are there (or that it has already). */
async function checkReferences(tx: Tx, { supplierId, crewId }: ProduceValues, stored: Produce | null): Promise<Refusal | null> {
  const { rows } = await sql<{ supplier: boolean; crew: boolean }>`
    select ${supplierId}::bigint is null or exists (
        select from supplier where id = ${supplierId} and (archived_at is null or id = ${stored?.supplierId ?? 0})) as supplier,
      ${crewId}::bigint is null or exists (select from crew where id = ${crewId} and (archived_at is null or id = ${stored?.crewId ?? 0})) as crew`.execute(
    tx,
  );
  if (!rows[0]!.supplier) return refuse('Ce fournisseur n’est plus dans la liste.', { supplierId: 'Choisissez un des fournisseurs.' });
  if (!rows[0]!.crew) return refuse('Cette équipe n’est plus dans la liste.', { crewId: 'Choisissez une des équipes.' });
  return null;
}

/** Prices and quantities are of a unit: what has some keeps the one they are written in. */
async function checkUnit(tx: Tx, stored: Produce, { unit }: ProduceValues): Promise<Refusal | null> {
  if (stored.unit === unit) return null;
  const { rows } = await sql<{ held: boolean }>`
    select exists (select from reference_price where produce_id = ${stored.id}) or exists (select from harvest where produce_id = ${stored.id})
      or exists (select from composition_line where produce_id = ${stored.id}) as held`.execute(tx);
  if (!rows[0]!.held) return null;
  return refuse('La façon de compter ne peut plus changer.', {
    unit: 'Des prix ou des paniers sont déjà écrits dans cette unité. Créez plutôt un autre produit, par exemple « Carotte en botte ».',
  });
}

async function conflict(tx: Tx, stored: Produce, values: ProduceValues): Promise<Refusal> {
  const { rows } = await sql<{ supplierName: string | null; crewName: string | null }>`
    select (select name from supplier where id = ${values.supplierId}) as "supplierName", (select name from crew where id = ${values.crewId}) as "crewName"`.execute(
    tx,
  );
  const now = tellProduce(stored, stored);
  return changedMeanwhile('Ce produit', now, tellProduce(values, rows[0]!), (field) => now[field]);
}

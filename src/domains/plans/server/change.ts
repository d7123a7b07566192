import { sql } from 'kysely';
import { changedMeanwhile } from '#kernel/conflict.ts';
import { type Day, sayDayAndYear } from '#kernel/day.ts';
import { done, type Outcome, type Refusal, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { type PlanField, tellPlan } from '../labels.ts';
import { always } from '../rules/price.ts';
import type { PlanValues } from '../schema.ts';
import { columnsOf, loadPlan, loadPlans, type Plan, usersOf, valuesOf } from './store.ts';

/** Adds a plan with its price, which holds for whatever is signed from now on. Sent twice, it acts once. */
export function createPlan(actor: Actor, values: PlanValues, priceCents: number): Promise<Outcome<{ id: number }>> {
  requireRight(actor, 'catalogue:change');
  return inGarden(actor, async (tx) => {
    const wrong = await checkReferences(tx, values, null);
    if (wrong) return wrong;
    const { rows } = await sql<{ id: number }>`
      with one as (
        insert into plan ${rowOf(actor.gardenId, values)} on conflict do nothing returning id
      ), priced as (
        insert into plan_price (garden_id, plan_id, starts_on, price_cents) select ${actor.gardenId}, id, ${always}::date, ${priceCents} from one
      )
      select id from one`.execute(tx);
    if (rows[0]) return done({ id: rows[0].id });
    const [same] = await loadPlans(tx, sameName(values));
    const again =
      same && !same.archived && alike(valuesOf(same), values) && same.prices.length === 1 && same.prices[0]!.priceCents === priceCents;
    return again ? done({ id: same.id }) : nameTaken(values);
  });
}

/**
 * Changes what a plan says; its prices are changed apart. Subscriptions that were signed keep their price, their frequency and their
 * quantity; what they may ask for follows the plan. Its product stays once something was signed; its weeks, once subscriptions run: these
 * change the baskets of many, by `changeWeeks`.
 */
export function changePlan(actor: Actor, id: number, version: number, values: PlanValues, today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'catalogue:change');
  return inGarden(actor, async (tx) => {
    const stored = await loadPlan(tx, id, true);
    if (!stored) return refuse('Cette formule n’existe plus.');
    if (alike(valuesOf(stored), values)) return done(null);
    if (stored.version !== version) return conflict(tx, stored, values);
    const wrong = (await checkReferences(tx, values, stored)) ?? (await checkSigned(tx, stored, values, today));
    if (wrong) return wrong;
    const same = await loadPlans(tx, sql`${sameName(values)} and p.id <> ${id}`);
    if (same.length) return nameTaken(values);
    await tx
      .updateTable('plan')
      .set({ ...columnsOf(values), version: version + 1 })
      .where('id', '=', id)
      .execute();
    return done(null);
  });
}

/** Takes a plan off the offer; nothing is lost. Refused while subscriptions hold to it. */
export function archivePlan(actor: Actor, id: number, today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'catalogue:change');
  return inGarden(actor, async (tx) => {
    const { rows } = await sql<{ used: number; until: Day | null; waiting: number }>`
      select (select count(*) from (${usersOf(today)}) u)::int as used, (select max(ends_on) from (${usersOf(today)}) u) as until,
        (select count(*) from waiting_entry w where w.garden_id = p.garden_id and w.plan_id = p.id and w.state in ('waiting', 'offered'))::int as waiting
      from plan p where p.id = ${id} for update`.execute(tx);
    const found = rows[0];
    if (!found) return refuse('Cette formule n’existe pas.');
    if (found.used > 0) {
      const subscriptions = found.used === 1 ? 'Un abonnement court' : `${found.used} abonnements courent`;
      return refuse(
        `${subscriptions} encore dans cette formule, jusqu’au ${sayDayAndYear(found.until!)}. Elle pourra être archivée ensuite.`,
      );
    }
    if (found.waiting > 0)
      return refuse(
        `${found.waiting === 1 ? 'Une personne attend' : `${found.waiting} personnes attendent`} une place dans cette formule : répondez-leur d’abord.`,
      );
    await sql`update plan set archived_at = now(), version = version + 1 where id = ${id} and archived_at is null`.execute(tx);
    return done(null);
  });
}

/** Offers an archived plan again. Refused when its product is no longer offered. */
export function restorePlan(actor: Actor, id: number): Promise<Outcome<null>> {
  requireRight(actor, 'catalogue:change');
  return inGarden(actor, async (tx) => {
    const { rows } = await sql<{ product: string; gone: boolean }>`
      select o.name as product, o.archived_at is not null as gone
      from plan p join product o on o.garden_id = p.garden_id and o.id = p.product_id where p.id = ${id}`.execute(tx);
    if (!rows[0]) return refuse('Cette formule n’existe pas.');
    if (rows[0].gone) return refuse(`Son produit, « ${rows[0].product} », n’est plus proposé : la formule ne peut pas l’être non plus.`);
    await sql`update plan set archived_at = null, version = version + 1 where id = ${id} and archived_at is not null`.execute(tx);
    return done(null);
  });
}

/**
 * Gives a plan other weeks, within the transaction of whoever plans the baskets again afterwards.
 * @returns why not, or null.
 */
export async function setPlanWeeks(tx: Tx, id: number, version: number, weeks: number[] | null): Promise<Refusal | null> {
  const stored = await loadPlan(tx, id, true);
  if (!stored) return refuse('Cette formule n’existe plus.');
  const values = { ...valuesOf(stored), weeks };
  if (alike(valuesOf(stored), values)) return null;
  if (stored.version !== version) return conflict(tx, stored, values);
  await tx
    .updateTable('plan')
    .set({ weeks, version: version + 1 })
    .where('id', '=', id)
    .execute();
  return null;
}

function rowOf(gardenId: number, values: PlanValues) {
  const columns = Object.entries(columnsOf(values));
  return sql`(garden_id, ${sql.join(columns.map(([name]) => sql.ref(name)))}) values (${gardenId}, ${sql.join(columns.map(([, value]) => value))})`;
}

const alike = (one: PlanValues, other: PlanValues): boolean => JSON.stringify(columnsOf(one)) === JSON.stringify(columnsOf(other));
const sameName = ({ name, seasonId }: PlanValues) => sql`p.name = ${name} and p.season_id is not distinct from ${seasonId}::bigint`;

const nameTaken = ({ name }: PlanValues) =>
  refuse('Ce nom est déjà pris.', {
    name: `Une autre formule de cette saison s’appelle « ${name} » (peut-être est-elle archivée). Choisissez un autre nom.`,
  });

/** A product that is offered (or the one the plan has already), a season that exists. */
async function checkReferences(tx: Tx, values: PlanValues, stored: Plan | null): Promise<Refusal | null> {
  const { rows } = await sql<{ product: boolean; season: boolean }>`
    select exists (select from product where id = ${values.productId} and (archived_at is null or id = ${stored?.productId ?? 0})) as product,
      ${values.seasonId}::bigint is null or exists (select from season where id = ${values.seasonId}) as season`.execute(tx);
  if (!rows[0]!.product) return refuse('Ce produit n’est plus proposé.', { productId: 'Choisissez un des produits proposés.' });
  if (!rows[0]!.season) return refuse('Cette saison n’existe plus.', { seasonId: 'Choisissez une des saisons.' });
  return null;
}

/** What was signed holds a plan to its product; what runs, to its weeks. */
async function checkSigned(tx: Tx, stored: Plan, values: PlanValues, today: Day): Promise<Refusal | null> {
  const otherWeeks = JSON.stringify(stored.weeks) !== JSON.stringify(values.weeks);
  if (stored.productId === values.productId && !otherWeeks) return null;
  const { rows } = await sql<{ signed: boolean; running: boolean }>`
    select exists (select from subscription where plan_id = p.id) or exists (select from subscription_change where plan_id = p.id) as signed,
      exists (${usersOf(today)}) as running
    from plan p where p.id = ${stored.id}`.execute(tx);
  const { signed, running } = rows[0]!;
  if (stored.productId !== values.productId && signed)
    return refuse('Le produit de cette formule ne peut plus changer.', {
      productId: 'Des abonnements ont été signés pour ce produit. Dupliquez plutôt la formule, et changez le produit de la copie.',
    });
  if (otherWeeks && running)
    return refuse('Les semaines de cette formule se changent à part.', {
      weeks:
        'Des abonnements courent : ces semaines changent leurs paniers. Faites-le par « Changer les semaines », qui montre d’abord la différence.',
    });
  return null;
}

async function conflict(tx: Tx, stored: Plan, values: PlanValues): Promise<Refusal> {
  const { rows } = await sql<{ product: string | null; season: string | null }>`
    select (select name from product where id = ${values.productId}) as product, (select name from season where id = ${values.seasonId}) as season`.execute(
    tx,
  );
  const now = tellPlan(valuesOf(stored), { product: stored.productName, season: stored.seasonName });
  const mine = tellPlan(values, { product: rows[0]!.product ?? '', season: rows[0]!.season });
  return changedMeanwhile<Record<PlanField, string>>('Cette formule', now, mine, (field) => now[field]);
}

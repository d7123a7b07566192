import { sql } from 'kysely';
import { changedMeanwhile, differingFields } from '#kernel/conflict.ts';
import { type Day, sayDayAndYear } from '#kernel/day.ts';
import { formatEuros } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { productKindLabels, sayPercent } from '../labels.ts';
import type { ProductChange } from '../schema.ts';

export type Product = ProductChange & { id: number };

const columns = sql`id, version, name, kind, position, price_cents as "priceCents", vat_basis_points as "vatBasisPoints",
  target_departure_cents as "targetDepartureCents", wished_margin_basis_points as "wishedMarginBasisPoints", per_crate as "perCrate"`;

/** What is on offer, in the garden's order: baskets, then other products. One query. */
export function products(actor: Actor): Promise<Product[]> {
  requireRight(actor, 'catalogue:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<Product>`
      select ${columns} from product where archived_at is null order by kind, position, search_text(name)`.execute(tx);
    return rows;
  });
}

/** A product on offer, or null. One query. */
export function product(actor: Actor, id: number): Promise<Product | null> {
  requireRight(actor, 'catalogue:read');
  return readInGarden(actor, (tx) => find(tx, id));
}

/** Adds a basket, or another product, to those on offer. The name of one that was archived is free for nobody: it stands on past deliveries. */
export function createProduct(actor: Actor, { version: _, ...typed }: ProductChange): Promise<Outcome<{ id: number }>> {
  requireRight(actor, 'catalogue:change');
  return inGarden(actor, async (tx) => {
    const { rows } = await sql<{ id: number }>`
      insert into product (garden_id, name, kind, position, price_cents, vat_basis_points, target_departure_cents, wished_margin_basis_points, per_crate)
      values (${actor.gardenId}, ${typed.name}, ${typed.kind}, ${typed.position}, ${typed.priceCents}, ${typed.vatBasisPoints}, ${typed.targetDepartureCents}, ${typed.wishedMarginBasisPoints}, ${typed.perCrate})
      on conflict (garden_id, name) do nothing
      returning id`.execute(tx);
    return rows[0] ? done({ id: rows[0].id }) : nameTaken(typed.name);
  });
}

/** Changes a product. Subscriptions that run keep the price they were signed at. Sent twice, it acts once. */
export function changeProduct(actor: Actor, id: number, { version, ...typed }: ProductChange): Promise<Outcome<null>> {
  requireRight(actor, 'catalogue:change');
  return inGarden(actor, async (tx) => {
    const stored = await find(tx, id, true);
    if (!stored) return refuse('Ce produit n’est plus proposé.');
    if (differingFields<object>(stored, typed).length === 0) return done(null);
    if (stored.version !== version)
      return changedMeanwhile<Omit<ProductChange, 'version'>>('Ce produit', stored, typed, (field) => say(stored, field));
    const { rows: same } = await sql`select from product where name = ${typed.name} and id <> ${id}`.execute(tx);
    if (same.length) return nameTaken(typed.name);
    await sql`
      update product set name = ${typed.name}, kind = ${typed.kind}, position = ${typed.position}, price_cents = ${typed.priceCents}, vat_basis_points = ${typed.vatBasisPoints},
        target_departure_cents = ${typed.targetDepartureCents}, wished_margin_basis_points = ${typed.wishedMarginBasisPoints}, per_crate = ${typed.perCrate}, version = version + 1
      where id = ${id}`.execute(tx);
    return done(null);
  });
}

/** Takes a product off the offer; nothing is lost. Refused while subscriptions to it run or are to come, or a plan offers it. */
export function archiveProduct(actor: Actor, id: number, today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'catalogue:change');
  return inGarden(actor, async (tx) => {
    const { rows } = await sql<{ running: number; until: Day | null; plan: string | null }>`
      select count(s.id)::int as running, max(s.ends_on) as until,
        (select string_agg('« ' || n.name || ' »', ', ') from plan n where n.garden_id = p.garden_id and n.product_id = p.id and n.archived_at is null) as plan
      from product p left join subscription s on s.garden_id = p.garden_id and s.product_id = p.id and s.ends_on >= ${today}
      where p.id = ${id} group by p.garden_id, p.id`.execute(tx);
    const found = rows[0];
    if (!found) return refuse('Ce produit n’existe pas.');
    if (found.running > 0) {
      const subscriptions = found.running === 1 ? 'Un abonnement court' : `${found.running} abonnements courent`;
      return refuse(`${subscriptions} encore sur ce produit, jusqu’au ${sayDayAndYear(found.until!)}. Il pourra être retiré ensuite.`);
    }
    if (found.plan) return refuse(`Une formule le propose encore : ${found.plan}. Archivez-la d’abord.`);
    await sql`update product set archived_at = now(), version = version + 1 where id = ${id} and archived_at is null`.execute(tx);
    return done(null);
  });
}

async function find(tx: Tx, id: number, lock = false): Promise<Product | null> {
  const { rows } = await sql<Product>`
    select ${columns} from product where id = ${id} and archived_at is null ${lock ? sql`for update` : sql``}`.execute(tx);
  return rows[0] ?? null;
}

const nameTaken = (name: string) =>
  refuse('Ce nom est déjà pris.', {
    name: `Un autre produit s’appelle « ${name} » (peut-être n’est-il plus proposé). Choisissez un autre nom.`,
  });

function say(product: Product, field: keyof Omit<ProductChange, 'version'>): string {
  const value = product[field];
  if (value === null) return '';
  if (field === 'kind') return productKindLabels[product.kind].label;
  if (field.endsWith('Cents')) return formatEuros(value as number);
  return field.endsWith('BasisPoints') ? sayPercent(value as number) : String(value);
}

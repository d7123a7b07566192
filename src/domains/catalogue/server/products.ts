import { sql } from 'kysely';
import { changedMeanwhile, differingFields } from '#kernel/conflict.ts';
import { type Day, sayDayAndYear } from '#kernel/day.ts';
import { formatEuros } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { sayPercent } from '../labels.ts';
import type { ProductChange } from '../schema.ts';

export type BasketProduct = ProductChange & { id: number };

const columns = sql`id, version, name, position, price_cents as "priceCents", vat_basis_points as "vatBasisPoints",
  target_departure_cents as "targetDepartureCents", wished_margin_basis_points as "wishedMarginBasisPoints"`;

/** Baskets on offer, in the garden's order. One query. */
export function basketProducts(actor: Actor): Promise<BasketProduct[]> {
  requireRight(actor, 'catalogue:read');
  return inGarden(actor, async (tx) => {
    const { rows } = await sql<BasketProduct>`
      select ${columns} from product where kind = 'basket' and archived_at is null order by position, search_text(name)`.execute(tx);
    return rows;
  });
}

/** A basket on offer, or null. One query. */
export function basketProduct(actor: Actor, id: number): Promise<BasketProduct | null> {
  requireRight(actor, 'catalogue:read');
  return inGarden(actor, (tx) => find(tx, id));
}

/** Adds a basket to those on offer. The name of one that was archived is free for nobody: it stands on past deliveries. */
export function createProduct(actor: Actor, { version: _, ...typed }: ProductChange): Promise<Outcome<{ id: number }>> {
  requireRight(actor, 'catalogue:change');
  return inGarden(actor, async (tx) => {
    const { rows } = await sql<{ id: number }>`
      insert into product (garden_id, name, position, price_cents, vat_basis_points, target_departure_cents, wished_margin_basis_points)
      values (${actor.gardenId}, ${typed.name}, ${typed.position}, ${typed.priceCents}, ${typed.vatBasisPoints}, ${typed.targetDepartureCents}, ${typed.wishedMarginBasisPoints})
      on conflict (garden_id, name) do nothing
      returning id`.execute(tx);
    return rows[0] ? done({ id: rows[0].id }) : nameTaken(typed.name);
  });
}

/** Changes a basket. Subscriptions that run keep the price they were signed at. Sent twice, it acts once. */
export function changeProduct(actor: Actor, id: number, { version, ...typed }: ProductChange): Promise<Outcome<null>> {
  requireRight(actor, 'catalogue:change');
  return inGarden(actor, async (tx) => {
    const stored = await find(tx, id, true);
    if (!stored) return refuse('Ce panier n’est plus proposé.');
    if (differingFields<object>(stored, typed).length === 0) return done(null);
    if (stored.version !== version)
      return changedMeanwhile<Omit<ProductChange, 'version'>>('Ce panier', stored, typed, (field) => say(stored, field));
    const { rows: same } = await sql`select from product where name = ${typed.name} and id <> ${id}`.execute(tx);
    if (same.length) return nameTaken(typed.name);
    await sql`
      update product set name = ${typed.name}, position = ${typed.position}, price_cents = ${typed.priceCents}, vat_basis_points = ${typed.vatBasisPoints},
        target_departure_cents = ${typed.targetDepartureCents}, wished_margin_basis_points = ${typed.wishedMarginBasisPoints}, version = version + 1
      where id = ${id}`.execute(tx);
    return done(null);
  });
}

/** Takes a basket off the offer; nothing is lost. Refused while subscriptions to it run or are to come. */
export function archiveProduct(actor: Actor, id: number, today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'catalogue:change');
  return inGarden(actor, async (tx) => {
    const { rows } = await sql<{ running: number; until: Day | null }>`
      select count(s.id)::int as running, max(s.ends_on) as until
      from product p left join subscription s on s.garden_id = p.garden_id and s.product_id = p.id and s.ends_on >= ${today}
      where p.id = ${id} group by p.id`.execute(tx);
    const found = rows[0];
    if (!found) return refuse('Ce panier n’existe pas.');
    if (found.running > 0) {
      const subscriptions = found.running === 1 ? 'Un abonnement court' : `${found.running} abonnements courent`;
      return refuse(`${subscriptions} encore sur ce panier, jusqu’au ${sayDayAndYear(found.until!)}. Il pourra être retiré ensuite.`);
    }
    await sql`update product set archived_at = now(), version = version + 1 where id = ${id} and archived_at is null`.execute(tx);
    return done(null);
  });
}

async function find(tx: Tx, id: number, lock = false): Promise<BasketProduct | null> {
  const { rows } = await sql<BasketProduct>`
    select ${columns} from product where id = ${id} and kind = 'basket' and archived_at is null ${lock ? sql`for update` : sql``}`.execute(
    tx,
  );
  return rows[0] ?? null;
}

const nameTaken = (name: string) =>
  refuse('Ce nom est déjà pris.', {
    name: `Un autre panier s’appelle « ${name} » (peut-être n’est-il plus proposé). Choisissez un autre nom.`,
  });

function say(product: BasketProduct, field: keyof Omit<ProductChange, 'version'>): string {
  const value = product[field];
  if (value === null) return '';
  if (field.endsWith('Cents')) return formatEuros(value as number);
  return field.endsWith('BasisPoints') ? sayPercent(value as number) : String(value);
}

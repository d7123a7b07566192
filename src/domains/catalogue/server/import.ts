import type { Cents } from '#kernel/money.ts';
import type { Tx } from '#platform/db/index.ts';
import { upsert, type Written } from '#platform/db/upsert.ts';

export type ProductToImport = {
  name: string;
  priceCents: Cents;
  vatBasisPoints: number;
  targetDepartureCents: Cents | null;
  wishedMarginBasisPoints: number | null;
};

/** Field of a file → column it fills. */
const columnsOf: Record<string, string> = {
  price: 'price_cents',
  vat: 'vat_basis_points',
  targetDeparture: 'target_departure_cents',
  wishedMargin: 'wished_margin_basis_points',
};

/**
 * Adds products (baskets) after those that are there, or brings them up to date. No two may have the same name.
 * @param given fields that the file holds: a product that is there already keeps its other columns.
 */
export async function importProducts(tx: Tx, gardenId: number, products: ProductToImport[], given: ReadonlySet<string>): Promise<Written> {
  const last = await tx
    .selectFrom('product')
    .select(({ fn }) => fn.max('position').as('position'))
    .executeTakeFirst();
  const rows = products.map((product, index) => ({
    name: product.name,
    position: (last?.position ?? 0) + index + 1,
    price_cents: product.priceCents,
    vat_basis_points: product.vatBasisPoints,
    target_departure_cents: product.targetDepartureCents,
    wished_margin_basis_points: product.wishedMarginBasisPoints,
  }));
  const update = Object.entries(columnsOf).flatMap(([field, column]) => (given.has(field) ? [column] : []));
  const insert = ['name', 'position', ...Object.values(columnsOf)];
  return upsert(tx, gardenId, { table: 'product', key: ['name'], insert, update, versioned: true }, rows);
}

/** Names of all the products of the garden, archived ones included: what files may refer to. */
export async function productNames(tx: Tx): Promise<string[]> {
  const rows = await tx.selectFrom('product').select('name').execute();
  return rows.map((row) => row.name);
}

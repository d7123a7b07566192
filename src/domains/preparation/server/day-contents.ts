import type { ContentsLine } from '../documents/model.ts';
import type { ContentRow } from './day-store.ts';

/** What the baskets of a tour hold: a composition made for the tour stands instead of the day's, product by product. */
export function contentsOf(rows: readonly ContentRow[], tourId: number, products: readonly { id: number }[]): ContentsLine[] {
  const column = new Map(products.map((product, index) => [product.id, index]));
  const ownHere = new Set(rows.filter((row) => row.tourId === tourId).map((row) => row.productId));
  const lines = new Map<string, ContentsLine>();
  for (const row of rows) {
    const at = column.get(row.productId);
    if (at === undefined || row.tourId !== (ownHere.has(row.productId) ? tourId : null)) continue;
    const key = `${row.produceId}/${row.unit}`;
    const line = lines.get(key) ?? { produce: row.produce, unit: row.unit, quantities: products.map(() => 0) };
    line.quantities[at]! += row.quantity;
    lines.set(key, line);
  }
  return [...lines.values()];
}

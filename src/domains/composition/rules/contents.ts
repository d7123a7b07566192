import type { PublishDetail } from '#domains/gardens/settings-published.ts';
import type { Thousandths, Unit, UnitPrice } from '#kernel/quantity.ts';

export type ComposedLine = {
  produceId: number;
  name: string;
  emoji: string;
  quantity: Thousandths;
  unit: Unit;
  unitPrice: UnitPrice | null;
};
/** What a basket holds on a day; with a tour, on that tour alone. */
export type Composed = { productId: number; productName: string; tourId: number | null; lines: readonly ComposedLine[] };
export type DayTour = { id: number; code: string; name: string };

/** What may be told of a line: nothing is kept that the garden does not publish. */
export type ToldLine = Omit<ComposedLine, 'quantity' | 'unitPrice'> & { quantity: Thousandths | null; unitPrice: UnitPrice | null };
/** `value`: quantities at their reference prices, in ten-millionths of a euro; null when a price is missing or not told. */
export type ToldBasket = { productId: number; productName: string; lines: ToldLine[]; value: number | null };

/** A basket with the detail that the garden publishes. */
export function tellBasket({ productId, productName, lines }: Composed, detail: PublishDetail): ToldBasket {
  const priced = detail === 'prices' && lines.every((line) => line.unitPrice !== null);
  return {
    productId,
    productName,
    lines: lines.map((line) => ({
      ...line,
      quantity: detail === 'names' ? null : line.quantity,
      unitPrice: detail === 'prices' ? line.unitPrice : null,
    })),
    value: priced ? lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice!, 0) : null,
  };
}

/** What a basket holds on a tour: what is said for that tour, else for the day. */
export const composedFor = (composed: readonly Composed[], productId: number, tourId: number | null): Composed | undefined =>
  composed.find((one) => one.productId === productId && one.tourId === tourId && tourId !== null) ??
  composed.find((one) => one.productId === productId && one.tourId === null);

/** Tours of a day whose baskets hold the same, with these baskets. */
export type Sheet = { tours: DayTour[]; baskets: Composed[] };

/**
 * One page for each different content of the day: one when no tour has contents of its own. Tours that deliver nothing composed are with those
 * of the day's contents.
 */
export function sheetsOf(tours: readonly DayTour[], composed: readonly Composed[]): Sheet[] {
  const products = [...new Set(composed.map((one) => one.productId))];
  const all = tours.map((tour) => {
    const baskets = products.flatMap((product) => composedFor(composed, product, tour.id) ?? []);
    return { tour, baskets, key: baskets.map((one) => composed.indexOf(one)).join() };
  });
  const groups = [...Map.groupBy(all, ({ key }) => key).values()];
  return groups.map((group) => ({ tours: group.map(({ tour }) => tour), baskets: group[0]!.baskets }));
}

/** A row of the table of contents: a vegetable, and what there is of it in each basket, in their order; null for none. */
export type ContentsRow = Pick<ToldLine, 'produceId' | 'name' | 'emoji' | 'unit' | 'unitPrice'> & {
  cells: ({ quantity: Thousandths | null; unit: Unit } | null)[];
};

/** Vegetables by baskets: those that are in most baskets first, then in the order they come. */
export function contentsTable(baskets: readonly ToldBasket[]): ContentsRow[] {
  const rows = new Map<number, ContentsRow>();
  for (const [place, { lines }] of baskets.entries())
    for (const line of lines) {
      const row = rows.get(line.produceId) ?? { ...line, cells: baskets.map(() => null) };
      row.cells[place] = { quantity: line.quantity, unit: line.unit };
      row.unitPrice ??= line.unitPrice;
      rows.set(line.produceId, row);
    }
  const held = (row: ContentsRow) => row.cells.filter(Boolean).length;
  return [...rows.values()]
    .map(({ produceId, name, emoji, unit, unitPrice, cells }) => ({ produceId, name, emoji, unit, unitPrice, cells }))
    .sort((a, b) => held(b) - held(a));
}

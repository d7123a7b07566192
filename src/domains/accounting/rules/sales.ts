import { type Cents, share } from '#kernel/money.ts';

/** A line of a document, or of a market's taking, with where its baskets went (by stop), or nothing when it is about none. */
export type SoldLine = {
  month: string;
  product: string;
  activity: string;
  net: Cents;
  vat: Cents;
  stops: { tour: string; depot: string; baskets: number }[];
};

export const axes = ['product', 'activity', 'tour', 'depot', 'month'] as const;
export type Axis = (typeof axes)[number];

export type SalesRow = { label: string; net: Cents; vat: Cents; gross: Cents };

/** What stands for sales that went through no depot. */
export const nowhere = '';

/** An amount of any sign in whole cents that add up: a credit is the mirror of its sale. */
const split = (cents: Cents, weights: readonly number[]): Cents[] =>
  cents < 0 ? share(-cents, weights).map((part) => -part || 0) : share(cents, weights);

/**
 * Sales by product, activity, tour, depot or month. A line whose baskets went to several depots is split by their number, to the cent: whatever
 * the axis, rows add up to the same totals. In the order of labels.
 */
export function salesBy(axis: Axis, lines: readonly SoldLine[]): SalesRow[] {
  const rows = new Map<string, SalesRow>();
  const add = (label: string, net: Cents, vat: Cents) => {
    const row = rows.get(label) ?? { label, net: 0, vat: 0, gross: 0 };
    rows.set(label, { label, net: row.net + net, vat: row.vat + vat, gross: row.gross + net + vat });
  };
  for (const line of lines) {
    if (axis !== 'tour' && axis !== 'depot') {
      add(line[axis], line.net, line.vat);
      continue;
    }
    if (line.stops.length === 0) {
      add(nowhere, line.net, line.vat);
      continue;
    }
    const weights = line.stops.map(({ baskets }) => baskets);
    const nets = split(line.net, weights);
    const vats = split(line.vat, weights);
    for (const [at, stop] of line.stops.entries()) add(stop[axis], nets[at]!, vats[at]!);
  }
  return [...rows.values()].sort((a, b) => a.label.localeCompare(b.label, 'fr'));
}

export const salesTotal = (rows: readonly SalesRow[]): Omit<SalesRow, 'label'> => ({
  net: rows.reduce((sum, { net }) => sum + net, 0),
  vat: rows.reduce((sum, { vat }) => sum + vat, 0),
  gross: rows.reduce((sum, { gross }) => sum + gross, 0),
});

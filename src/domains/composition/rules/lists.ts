import { formatQuantity, type Thousandths, type Unit } from '#kernel/quantity.ts';
import type { Need } from './needs.ts';
import { type Purchase, purchase } from './purchases.ts';

/** What leaves the field and what is ordered for a delivery day, cut as people work: by crew, by supplier. */

type Row = {
  produceId: number;
  name: string;
  emoji: string;
  unit: Unit;
  pieceGrams: number | null;
  supplierId: number | null;
  crewId: number | null;
  container: string;
  containerQuantity: Thousandths | null;
  available: Thousandths | null;
};

/** So much to harvest of something; `parts`: « 345 × 500 g », in words of the caller. */
export type HarvestLine = {
  produceId: number;
  name: string;
  emoji: string;
  unit: Unit;
  quantity: Thousandths;
  /** What it weighs when it is counted by the piece, bunch or box; null when that is not known, or when it is weighed. */
  grams: number | null;
  /** How much is said to be missing; 0 when there is enough, or when nothing was said. */
  missing: Thousandths;
  parts: Need['parts'];
};
/** `crew`: null for what no crew is named for. `grams`: of the whole list; null when one of them has no known weight. */
export type CrewList = { crew: string | null; lines: HarvestLine[]; grams: number | null };

/** The garden's own produce, by crew in the garden's order, then what has none; by name within. Crews with nothing to harvest are left out. */
export function crewLists(needs: readonly Need[], rows: readonly Row[], crews: readonly { id: number; name: string }[]): CrewList[] {
  const known = new Set(crews.map(({ id }) => id));
  const own = rows
    .filter(({ supplierId }) => supplierId === null)
    .flatMap((row) => needsFor(needs, row).map((need) => ({ row, line: harvestLine(row, need) })));
  return [...crews, { id: null, name: null }]
    .map(({ id, name }) => {
      const lines = own
        .filter(({ row }) => (row.crewId !== null && known.has(row.crewId) ? row.crewId : null) === id)
        .map(({ line }) => line);
      const weights = lines.map(({ unit, quantity, grams }) => (unit === 'kg' ? quantity : grams));
      return {
        crew: name,
        lines,
        grams: weights.every((weight) => weight !== null) ? weights.reduce((sum, weight) => sum + weight, 0) : null,
      };
    })
    .filter(({ lines }) => lines.length > 0);
}

const needsFor = (needs: readonly Need[], row: Row): Need[] => needs.filter(({ produceId }) => produceId === row.produceId);

function harvestLine(row: Row, { unit, quantity, parts }: Need): HarvestLine {
  const grams = unit === 'kg' || row.pieceGrams === null ? null : Math.round((quantity * row.pieceGrams) / 1000);
  const missing = row.available === null || unit !== row.unit ? 0 : Math.max(0, quantity - row.available);
  return { produceId: row.produceId, name: row.name, emoji: row.emoji, unit, quantity, grams, missing, parts };
}

/** What is bought from one supplier, by name. */
export type PurchaseList<S> = { supplier: S; lines: Purchase[] };

/** What is bought for the day, by supplier; those from whom nothing is needed are left out. What is said to be there is not bought again. */
export function purchaseLists<S extends { id: number }>(
  needs: readonly Need[],
  rows: readonly Row[],
  suppliers: readonly S[],
): PurchaseList<S>[] {
  return suppliers
    .map((supplier) => {
      const bought = rows.filter(({ supplierId }) => supplierId === supplier.id);
      const lines = bought.flatMap((row) =>
        needsFor(needs, row).map(({ unit, quantity }) => {
          const same = unit === row.unit;
          const { produceId, name, container } = row;
          return purchase({
            ...{ produceId, name, unit, need: quantity },
            there: same ? (row.available ?? 0) : 0,
            ...{ container: same ? container : '', containerQuantity: same ? row.containerQuantity : null },
          });
        }),
      );
      return { supplier, lines };
    })
    .filter(({ lines }) => lines.length > 0);
}

/** « 345 × 500 g Simple + 58 × 800 g Familial », broken at « + » alone. @param products names of basket products. */
export const sayParts = ({ parts, unit }: Pick<HarvestLine, 'parts' | 'unit'>, products: ReadonlyMap<number, string>): string =>
  parts
    .map(({ productId, baskets, each }) =>
      `${baskets} × ${formatQuantity(each, unit)} ${products.get(productId) ?? ''}`.trim().replaceAll(' ', '\u00a0'),
    )
    .join(' + ');

import type { CompositionLine, SheetColumn, SheetProduce } from '#domains/composition/index.server.ts';
import { cellName, packCells, readCell, typedQuantity } from '#domains/composition/rules/cells.ts';
import { type CountedLine, type Figures, figuresOf } from '#domains/composition/rules/margin.ts';
import type { Unit } from '#kernel/quantity.ts';

/** The sheet as it is on screen: what each cell says, and what follows from it. The same on the server and in the browser. */

export type Cells = Record<string, string>;
export type Row = SheetProduce & {
  /** A price that lines of this row were written at, when it is no longer that of the day. */
  writtenAt: number | null;
};

const lineOf = (column: SheetColumn, produceId: number): CompositionLine | undefined =>
  column.lines.find((line) => line.produceId === produceId);

export const unitOf = (column: SheetColumn, produce: SheetProduce): Unit => lineOf(column, produce.id)?.unit ?? produce.unit;

export const baseOf = (column: SheetColumn): string =>
  packCells(new Map(column.lines.map(({ produceId, quantity }) => [produceId, quantity])));

/** What cells show first: what was typed in a form that came back, else what is copied, else what is stored. */
export function firstCells(columns: readonly SheetColumn[], typed: Record<string, unknown>): Cells {
  const cells: Cells = {};
  for (const { productId, lines, copied } of columns) {
    const name = (produceId: number) => cellName(productId, produceId);
    for (const { produceId, quantity } of copied ?? lines) cells[name(produceId)] = typedQuantity(quantity);
  }
  for (const [name, text] of Object.entries(typed)) if (name.startsWith('q.') && typeof text === 'string') cells[name] = text;
  return cells;
}

/** Produce that has a line: in a basket, copied, typed, or just added; by name, then those added in this order. */
export function firstRows(
  produce: readonly SheetProduce[],
  columns: readonly SheetColumn[],
  cells: Cells,
  added: readonly number[],
): number[] {
  const used = new Set(columns.flatMap(({ lines }) => lines.map(({ produceId }) => produceId)));
  for (const name of Object.keys(cells)) if (cells[name]?.trim()) used.add(Number(name.split('.')[2]));
  const rows = produce.filter(({ id }) => used.has(id)).map(({ id }) => id);
  return [...rows, ...added.filter((id) => !used.has(id) && produce.some((one) => one.id === id))];
}

export function rowOf(produce: SheetProduce, columns: readonly SheetColumn[]): Row {
  const lines = columns.flatMap((column) => lineOf(column, produce.id) ?? []);
  const other = lines.find(({ unitPrice, unit }) => unit === produce.unit && unitPrice !== produce.unitPrice);
  return { ...produce, writtenAt: other ? (other.unitPrice ?? 0) : null };
}

/** The lines that a basket has by what its cells say. Those that cannot be understood count for nothing. */
export function countedLines(column: SheetColumn, rows: readonly SheetProduce[], cells: Cells): (CountedLine & { produceId: number })[] {
  return rows.flatMap((produce) => {
    const stored = lineOf(column, produce.id);
    const unit = stored?.unit ?? produce.unit;
    const quantity = readCell(cells[cellName(column.productId, produce.id)] ?? '', unit);
    const unitPrice = stored ? stored.unitPrice : produce.unitPrice;
    return quantity ? [{ produceId: produce.id, quantity, unit, unitPrice, pieceGrams: produce.pieceGrams }] : [];
  });
}

export type ColumnFigures = Figures & { kinds: number };

export const columnFigures = (column: SheetColumn, rows: readonly SheetProduce[], cells: Cells): ColumnFigures => {
  const lines = countedLines(column, rows, cells);
  return { ...figuresOf(lines, column.terms, column.baskets), kinds: lines.length };
};

/** What all baskets together need of something, in its unit; 0 when nothing is said. */
export const neededOf = (produce: SheetProduce, columns: readonly SheetColumn[], cells: Cells): number =>
  columns.reduce((sum, column) => sum + (countedLines(column, [produce], cells)[0]?.quantity ?? 0) * column.baskets, 0);

/** Place of the basket that a phone shows first: where there is something to mend, else the one that was looked at, else the first. */
export function firstView(columns: readonly SheetColumn[], looked: number, errors: Record<string, unknown>): number {
  const wrong = (productId: number) => Object.keys(errors).some((name) => name.split('.')[1] === String(productId));
  const place = (which: (column: SheetColumn) => boolean) => columns.findIndex(which);
  const same = place(({ productId }) => productId === looked);
  const mend = same >= 0 && wrong(looked) ? same : place(({ productId }) => wrong(productId));
  return Math.max(0, mend >= 0 ? mend : same);
}

import type { Paper, Style } from './paper.ts';

/** Where a column stands on the page, in points. */
export type Column = { x: number; width: number; align?: 'left' | 'right' | 'center' };
/** One line of a cell, in its own type. */
export type Line = Style & { text: string };
/** The lines of a cell, one under the other. */
export type Cell = Line[];

const leading = 1.2;
/** Height of capitals and figures, as a share of the type size. */
const capitals = 0.668;

export const cellHeight = (cell: Cell): number => cell.reduce((sum, line) => sum + line.size * leading, 0);

/**
 * Draws the cells of one row, each centred in the height, each line shortened to its column: nothing can overflow.
 * The single way tables are drawn: pdfkit's own `table()` is 150 times slower with embedded fonts.
 */
export function drawRow(paper: Paper, columns: Column[], cells: Cell[], { top, height }: { top: number; height: number }): void {
  for (const [index, cell] of cells.entries()) {
    const column = columns[index]!;
    const align = column.align ?? 'left';
    const x = align === 'left' ? column.x : align === 'right' ? column.x + column.width : column.x + column.width / 2;
    let y = top + (height - cellHeight(cell)) / 2;
    for (const line of cell) {
      const slot = line.size * leading;
      const text = paper.shorten(line.text, column.width, line);
      if (text) paper.text(text, x, y + (slot + line.size * capitals) / 2, { ...line, align });
      y += slot;
    }
  }
}

/** Columns one after the other from `x`, `gap` points apart. */
export function layOut(x: number, columns: { width: number; align?: Column['align'] }[], gap = 0): Column[] {
  let next = x;
  return columns.map(({ width, align }) => {
    const column: Column = { x: next, width, align };
    next += width + gap;
    return column;
  });
}

import { ink, type Paper, type Style } from '#platform/pdf/paper.ts';
import { type Cell, type Column, drawRow } from '#platform/pdf/row.ts';

/** The heading of the last column. */
const totalHeading = 'Total';
/** Names are not printed smaller than this, nor turned ones longer. */
const smallestHeading = 9.5;
const longestTurned = 96;

/**
 * The columns of figures of a table: one per product, then the total. `turned`: the names are written upwards, for many products or long
 * names on a narrow page. `fits`: the figures, and every word of names that are not turned, have the room they need.
 */
export type FigureColumns = { widths: number[]; headings: string[][]; style: Style; headingHeight: number; turned: boolean; fits: boolean };

/** `largest`: the largest figure of each column; `room`: points for all of them together; `least`: what each needs at least, beside its figures. */
export function figureColumns(
  paper: Paper,
  products: string[],
  largest: number[],
  { room, figure, heading, turned, least: given = [] }: { room: number; figure: Style; heading: Style; turned: boolean; least?: number[] },
): FigureColumns {
  const names = [...products, totalHeading];
  const gap = figure.size * 0.45 + 4;
  const least = names.map((_, index) =>
    Math.max(given[index] ?? 0, paper.width(String(largest[index] ?? 0), { ...figure, weight: 'bold' }) + gap),
  );
  const sum = (values: number[]) => values.reduce((all, value) => all + value, 0);

  if (turned) {
    const widths = equal(
      least.map((width) => Math.max(width, heading.size * 1.2 + 4)),
      room,
    );
    const headings = names.map((name, index) => {
      const lines = Math.max(1, Math.floor((widths[index]! - 2) / (heading.size * 1.2)));
      return paper.wrap(name, longestTurned, heading, Math.min(lines, 2));
    });
    const height = Math.max(...headings.flat().map((line) => paper.width(line, heading))) + 14;
    return { widths, headings, style: heading, headingHeight: height, turned, fits: sum(widths) <= room + 0.01 };
  }

  const words = (size: number) =>
    names.map((name) => Math.max(...name.split(' ').map((word) => paper.width(word, { ...heading, size }))) + 9);
  let size = heading.size;
  const needed = () => words(size).map((width, index) => Math.max(width, least[index]!));
  while (size > smallestHeading && sum(needed()) > room) size -= 0.5;
  const style = { ...heading, size };
  const widths = equal(needed(), room);
  const headings = names.map((name, index) => paper.wrap(name, widths[index]! - 6, style, 3));
  const lines = Math.max(...headings.map((cell) => cell.length));
  return { widths, headings, style, headingHeight: lines * size * 1.2 + 8, turned, fits: sum(widths) <= room + 0.01 };
}

/** All as wide as the widest when there is room for it, which looks calmer; else as they are. */
function equal(widths: number[], room: number): number[] {
  const widest = Math.max(...widths);
  return widest * widths.length <= room ? widths.map(() => widest) : widths;
}

/** Writes the names above their columns, level or upwards. */
export function drawHeadings(
  paper: Paper,
  columns: Column[],
  { headings, style, headingHeight, turned }: FigureColumns,
  top: number,
): void {
  if (!turned) {
    const cells: Cell[] = headings.map((lines) => lines.map((text) => ({ ...style, text })));
    drawRow(paper, columns, cells, { top, height: headingHeight });
    return;
  }
  for (const [index, lines] of headings.entries()) {
    const column = columns[index]!;
    const leading = style.size * 1.15;
    const first = column.x + column.width / 2 - (lines.length * leading) / 2 + style.size * 0.88;
    for (const [row, line] of lines.entries()) paper.textUpwards(line, first + row * leading, top + headingHeight - 7, style);
  }
}

/** A count as a cell, with what stands beneath it; nothing to prepare is a dot, so that the eye only stops at figures. */
export const countCell = (count: number, figure: Style, note?: { style: Style | null; text: string | undefined }): Cell => [
  count ? { ...figure, text: String(count) } : { ...figure, text: '·', color: ink.grey },
  ...(note?.style ? [{ ...note.style, text: note.text ?? '' }] : []),
];

/** Where figures of a column stand: units under units, the widest one in the middle of the column. */
export function figuresIn(column: Column, widest: number): Column {
  const space = Math.max(0, (column.width - widest) / 2);
  return { x: column.x, width: column.width - space, align: 'right' };
}

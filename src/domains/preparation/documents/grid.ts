import { largestSize } from '#platform/pdf/fit.ts';
import { footerHeight } from '#platform/pdf/pages.ts';
import { type Frame, type Orientation, Paper, type Style } from '#platform/pdf/paper.ts';
import { type Column, layOut } from '#platform/pdf/row.ts';
import { headingHeight } from './heading.ts';
import { type FigureColumns, figureColumns } from './product-columns.ts';

/** A row of figures: what stands before the name (stop order, tour code), the name, and one figure per product. */
export type GridRow = { lead: string; name: string; counts: number[] /** beneath each figure: « 2 c. + 1 » */; notes?: string[] };
/**
 * What a table of figures holds; `totals`: the sums of its columns and of all, the largest figures to be printed; `totalNotes`: beneath them;
 * `foot`: a line under the table.
 */
export type GridContents = { rows: GridRow[]; products: string[]; totals: number[]; totalNotes?: string[]; foot?: string };

/** How a table of figures fills its page: type sizes, columns, and how many rows go on each page. */
export type Grid = {
  orientation: Orientation;
  frame: Frame;
  figure: Style;
  /** of what stands beneath figures; null when nothing does */
  note: Style | null;
  name: Style;
  /** how many lines the longest name takes */
  nameLines: number;
  rowHeight: number;
  rowsPerPage: number;
  checkBox: number;
  /** check box, lead, name, one per product, total */
  columns: Column[];
  figures: FigureColumns;
};

/** Space kept between a name and the figures. */
export const namePadding = 8;
/** Kept for the line under the table. */
export const footHeight = 26;
/** The row of totals is that much taller than the others. */
export const totalsRow = 1.5;
const largestFigure = 36;
const smallestFigure = 9;
/** Below this, figures are no longer read at arm's length: rather names written upwards, rather another page. */
const comfortable = 14;

/**
 * The grid with the largest figures the page allows, upright or on its side, whichever is larger (upright when equal). Rows go on a second
 * page only when one page would make the figures too small to read.
 */
export function planGrid(paper: Paper, contents: GridContents): Grid {
  const count = contents.rows.length;
  let best: Grid | undefined;
  for (let pages = 1; pages <= count; pages++) {
    for (const turned of [false, true]) {
      const grid = largestGrid(paper, contents, Math.ceil(count / pages), turned);
      if (grid && grid.figure.size >= comfortable) return grid;
      if (grid && (!best || grid.figure.size > best.figure.size)) best = grid;
    }
  }
  return best ?? tryGrid(paper, contents, { perPage: 10, size: smallestFigure, orientation: 'landscape', turned: true }).grid;
}

function largestGrid(paper: Paper, contents: GridContents, perPage: number, turned: boolean): Grid | undefined {
  for (let size = largestFigure; size >= smallestFigure; size -= 0.5) {
    for (const orientation of ['portrait', 'landscape'] as const) {
      const { grid, fits } = tryGrid(paper, contents, { perPage, size, orientation, turned });
      if (fits) return grid;
    }
  }
}

type Try = { perPage: number; size: number; orientation: Orientation; turned: boolean };

function tryGrid(
  paper: Paper,
  { rows, products, totals, totalNotes, foot }: GridContents,
  { perPage, size, orientation, turned }: Try,
): { grid: Grid; fits: boolean } {
  const frame = Paper.frame(orientation);
  const figure = { size };
  const wished = { size: between(11, size * 0.62, 18), weight: 'bold' } as const;
  const heading = { size: between(10, size * 0.5, turned ? 12 : 15), weight: 'bold' } as const;
  const noted = totalNotes?.some((note) => note !== '') ?? false;
  const note = noted ? { size: between(9, size * 0.42, 13) } : null;
  const least = note ? totals.map((_, column) => widestNote(paper, { rows, totalNotes: totalNotes! }, column, note) + 8) : [];
  const checkBox = between(11, size * 0.7, 18);
  const leadWidth = Math.max(...rows.map((row) => paper.width(row.lead, wished))) + 12;
  const room = frame.right - frame.left - checkBox - 12 - leadWidth;

  const longest = Math.max(...rows.map((row) => paper.width(row.name, wished))) + namePadding;
  const figures = figureColumns(paper, products, totals, {
    // Beneath figures there is more to read, and names of two lines have the height for it.
    room: room - Math.min(longest, note ? room * 0.3 : room * 0.42, 260),
    figure,
    heading,
    turned,
    least,
  });
  const figuresWidth = figures.widths.reduce((sum, width) => sum + width, 0);
  // Names that need no room leave it to the figures, so that the eye has less way to go from one to the other.
  const nameWidth = Math.max(60, Math.min(room - figuresWidth, Math.max(longest + 16, room * (note ? 0.2 : 0.3))));
  const name = { ...wished, size: largestSize(longest / wished.size, nameWidth, Math.max(11, wished.size * 0.8), wished.size) };
  const nameLines = (longest / wished.size) * name.size > nameWidth ? 2 : 1;
  const extra = Math.max(0, room - nameWidth - figuresWidth) / figures.widths.length;

  const available = frame.bottom - footerHeight - frame.top - headingHeight - figures.headingHeight - (foot ? footHeight : 0);
  const leastHeight = Math.max(note ? (size + note.size) * 1.2 + 3 : size * 1.45, 17, name.size * (nameLines === 2 ? 2.5 : 1.3));
  const rowHeight = Math.min(available / (perPage + totalsRow), Math.max(leastHeight, size * 1.9));
  const columns = layOut(frame.left, [
    { width: checkBox + 12 },
    { width: leadWidth },
    { width: nameWidth },
    ...figures.widths.map((width) => ({ width: width + extra, align: 'center' as const })),
  ]);
  const grid = { orientation, frame, figure, note, name, nameLines, rowHeight, rowsPerPage: perPage, checkBox, columns, figures };
  return { grid, fits: figures.fits && rowHeight >= leastHeight };
}

const between = (least: number, value: number, most: number): number => Math.max(least, Math.min(most, value));

/** Room that the longest note of a column takes, of its totals included. */
export const widestNote = (
  paper: Paper,
  { rows, totalNotes }: { rows: GridRow[]; totalNotes: string[] },
  column: number,
  note: Style,
): number => Math.max(0, ...[totalNotes[column], ...rows.map((row) => row.notes?.[column])].map((text) => paper.width(text ?? '', note)));

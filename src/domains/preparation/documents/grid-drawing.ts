import { ink, type Paper } from '#platform/pdf/paper.ts';
import { type Column, drawRow } from '#platform/pdf/row.ts';
import { total } from './counts.ts';
import { type Grid, type GridRow, namePadding, totalsRow, widestNote } from './grid.ts';
import { headingHeight } from './heading.ts';
import { countCell, drawHeadings, figuresIn } from './product-columns.ts';

type Labels = { name: string; total: string };
type Foot = { totalNotes?: string[]; foot?: string };

/** Draws a table of figures under the heading of its page: column names, rows with a box to tick, totals (`sums`) of the whole table. */
export function drawGrid(
  paper: Paper,
  grid: Grid,
  rows: GridRow[],
  sums: number[],
  labels: Labels,
  { totalNotes = [], foot: line }: Foot = {},
): void {
  const { frame, columns, figure, note, name, rowHeight, checkBox } = grid;
  const [, lead, nameColumn, ...products] = columns as [Column, Column, Column, ...Column[]];
  const bold = { ...figure, weight: 'bold' } as const;
  const widest = (index: number) =>
    Math.max(paper.width(String(sums[index]), bold), note ? widestNote(paper, { rows, totalNotes }, index, note) : 0);
  const figures = products.map((column, index) => figuresIn(column, widest(index)));
  const top = frame.top + headingHeight;
  const body = top + grid.figures.headingHeight;
  const foot = body + rows.length * rowHeight;

  // A tint behind the totals guides the eye down the last column.
  const last = products.at(-1)!;
  paper.box(last.x, top, last.width, foot + rowHeight * totalsRow - top, { fill: ink.tint });

  paper.text(labels.name, nameColumn.x, body - 7, { size: 11, color: ink.grey });
  drawHeadings(paper, products, grid.figures, top);
  paper.rule(body, frame.left, frame.right, { thickness: 1.2, color: ink.black });

  for (const [index, row] of rows.entries()) {
    const y = body + index * rowHeight;
    if (index > 0) paper.rule(y, frame.left, frame.right);
    paper.box(frame.left + 1, y + (rowHeight - checkBox) / 2, checkBox, checkBox, { stroke: ink.black, thickness: 1.1, radius: 2 });
    const names = paper.wrap(row.name, nameColumn.width - namePadding, name, grid.nameLines).map((text) => ({ ...name, text }));
    const counts = row.counts.map((count, at) => countCell(count, figure, { style: note, text: row.notes?.[at] }));
    const sum = countCell(total(row.counts), bold, { style: note, text: row.notes?.[row.counts.length] });
    const cells = [[{ ...name, weight: 'regular' as const, text: row.lead }], names, ...counts, sum];
    drawRow(paper, [lead, nameColumn, ...figures], cells, { top: y, height: rowHeight });
  }

  paper.rule(foot, frame.left, frame.right, { thickness: 2, color: ink.black });
  const label = { x: frame.left, width: nameColumn.x + nameColumn.width - frame.left - namePadding };
  const cells = [[{ ...name, text: labels.total }], ...sums.map((sum, at) => countCell(sum, bold, { style: note, text: totalNotes[at] }))];
  drawRow(paper, [label, ...figures], cells, { top: foot, height: rowHeight * totalsRow });
  if (line) {
    const style = { size: 13, weight: 'bold' } as const;
    paper.text(paper.shorten(line, frame.right - frame.left, style), frame.left, foot + rowHeight * totalsRow + 18, style);
  }
}

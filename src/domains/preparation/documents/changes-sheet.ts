import { sayDayAndYear, shortDay } from '#kernel/day.ts';
import { footerHeight, type Page, printPages } from '#platform/pdf/pages.ts';
import { ink, Paper } from '#platform/pdf/paper.ts';
import { type Cell, cellHeight, drawRow, layOut } from '#platform/pdf/row.ts';
import type { ChangesLine, ChangesSheet, ChangesStop, ChangesTour } from './changes-model.ts';
import { sayBaskets } from './counts.ts';
import { drawHeading, headingHeight } from './heading.ts';

const figure = { size: 17, weight: 'bold' } as const;
const name = { size: 13.5, weight: 'bold' } as const;
const words = { size: 12, weight: 'bold' } as const;
const what = { size: 13 };
const stopName = { size: 14.5, weight: 'bold' } as const;
const stopHeight = 27;
const leastRow = 25;
const bandLine = 23;

const frame = Paper.frame('portrait');
const columns = layOut(
  frame.left,
  [{ width: 40, align: 'right' }, { width: 168 }, { width: frame.right - frame.left - 40 - 168 - 2 * 10 }],
  10,
);

/** What changes since the delivery before, as a PDF: for each tour, stop after stop, who is more or less there and why; the counts above. */
export function drawChangesSheet(sheet: ChangesSheet): Promise<Buffer> {
  const paper = new Paper(`Changements – ${sayDayAndYear(sheet.date)} – ${sheet.garden}`, sheet.editedOn);
  const pages = sheet.tours.flatMap((tour) => tourPages(paper, sheet, tour));
  return printPages(paper, pages, `édité le ${shortDay(sheet.editedOn)}`);
}

type Row = { stop: ChangesStop; first: boolean; cells: Cell[]; height: number };

function tourPages(paper: Paper, sheet: ChangesSheet, tour: ChangesTour): Page[] {
  const band = countsBand(paper, tour);
  const rows = tour.stops.flatMap((stop) => stop.lines.map((line, index) => rowOf(paper, stop, line, index === 0)));
  const top = frame.top + headingHeight;
  const bottom = frame.bottom - footerHeight;
  const sheets = fill(rows, bottom - top - band.height, bottom - top);
  return sheets.map((shown, index) => {
    const part = sheets.length > 1 ? `Feuille ${index + 1}/${sheets.length} · ` : '';
    const draw = (target: Paper) => {
      drawHeading(target, {
        ...{ code: tour.code, title: tour.name, color: tour.color, aside: `Semaine ${tour.week}` },
        sentence: `${part}Ce qui change pour la livraison du ${sayDayAndYear(sheet.date)}`,
      });
      if (index === 0) band.draw(target, top);
      drawRows(target, shown, index === 0 ? top + band.height : top, tour.stops.length === 0);
    };
    const footer = `${tour.code} · changements du ${sayDayAndYear(sheet.date)} · ${sheet.garden}`;
    return { orientation: 'portrait', section: `${tour.code} ${tour.name}`, footer, draw };
  });
}

function rowOf(paper: Paper, stop: ChangesStop, line: ChangesLine, first: boolean): Row {
  const [, second, third] = columns;
  const cells: Cell[] = [
    [{ ...figure, text: sayMore(line.more) }],
    [
      ...paper.wrap(line.name, second!.width, name, 2).map((text) => ({ ...name, text })),
      ...paper.wrap(line.words, second!.width, words, 2).map((text) => ({ ...words, weight: 'regular' as const, text })),
    ],
    // What changes is never cut: the row grows.
    paper.wrap(line.what, third!.width, what).map((text) => ({ ...what, text })),
  ];
  const height = Math.max(leastRow, ...cells.map((cell) => cellHeight(cell) + 7));
  return { stop, first, cells, height };
}

/** « +1 », « −2 », « = » */
export const sayMore = (more: number): string => (more > 0 ? `+${more}` : more < 0 ? `−${-more}` : '=');

/** Rows of each page; the name of a stop never stands alone at the foot of one. One page at least. */
function fill(rows: readonly Row[], firstRoom: number, room: number): Row[][] {
  const sheets: Row[][] = [[]];
  let left = firstRoom;
  for (const row of rows) {
    const onPage = sheets.at(-1)!;
    const needed = row.height + (row.first || onPage.length === 0 ? stopHeight : 0);
    if (needed > left && onPage.length > 0) {
      sheets.push([row]);
      left = room - row.height - stopHeight;
    } else {
      onPage.push(row);
      left -= needed;
    }
  }
  return sheets;
}

function drawRows(paper: Paper, rows: readonly Row[], start: number, none: boolean): void {
  if (none) paper.text('Rien ne change depuis la livraison précédente.', frame.left, start + 22, what);
  let y = start;
  for (const [index, row] of rows.entries()) {
    if (row.first || index === 0) {
      drawStop(paper, row, y);
      y += stopHeight;
    } else paper.rule(y, frame.left, frame.right);
    drawRow(paper, columns, row.cells, { top: y, height: row.height });
    y += row.height;
  }
  if (rows.length > 0) paper.rule(y, frame.left, frame.right, { thickness: 1.2, color: ink.black });
}

function drawStop(paper: Paper, { stop, first }: Row, top: number): void {
  paper.box(frame.left, top + 2, frame.right - frame.left, stopHeight - 4, { fill: ink.tint });
  paper.rule(top + 2, frame.left, frame.right, { thickness: 1.2, color: ink.black });
  const baseline = top + 19;
  const count = sayBaskets(stop.baskets);
  const counted = { size: 12.5, weight: 'bold' } as const;
  const title = `${stop.order}. ${stop.depotName}${first ? '' : ' (suite)'}`;
  paper.text(
    paper.shorten(title, frame.right - frame.left - paper.width(count, counted) - 30, stopName),
    frame.left + 6,
    baseline,
    stopName,
  );
  paper.text(count, frame.right - 6, baseline, { ...counted, align: 'right' });
}

/** Above the stops: how many baskets, how many before, and how many changes of each kind. */
function countsBand(paper: Paper, tour: ChangesTour): { height: number; draw: (paper: Paper, top: number) => void } {
  const bold = { size: 15, weight: 'bold' } as const;
  const plain = { size: 12.5 };
  const { previous } = tour;
  const since = previous ? `au lieu de ${previous.baskets} le ${sayDayAndYear(previous.date)}` : 'première livraison de la tournée';
  const placed: { x: number; line: number; count: string; text: string }[] = [];
  let x = frame.left;
  let line = 1;
  for (const { count, what: text } of tour.counts) {
    const width = paper.width(String(count), bold) + 5 + paper.width(text, plain);
    if (x > frame.left && x + width > frame.right) {
      x = frame.left;
      line += 1;
    }
    placed.push({ x, line, count: String(count), text });
    x += width + 20;
  }
  const lines = (placed.at(-1)?.line ?? 0) + 1;
  return {
    height: lines * bandLine + 8,
    draw: (target, top) => {
      const baseline = (index: number) => top + 14 + index * bandLine;
      const total = sayBaskets(tour.baskets);
      target.text(total, frame.left, baseline(0), bold);
      target.text(since, frame.left + target.width(total, bold) + 7, baseline(0), plain);
      for (const one of placed) {
        target.text(one.count, one.x, baseline(one.line), bold);
        target.text(one.text, one.x + target.width(one.count, bold) + 5, baseline(one.line), plain);
      }
    },
  };
}

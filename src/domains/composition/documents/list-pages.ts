import type { Day } from '#kernel/day.ts';
import { drawHeading, type Heading, headingHeight } from '#platform/pdf/heading.ts';
import { footerHeight, type Page } from '#platform/pdf/pages.ts';
import { ink, Paper } from '#platform/pdf/paper.ts';
import { type Cell, type Column, cellHeight, drawRow, layOut } from '#platform/pdf/row.ts';

/** A list to work from, held at arm's length: a box to tick, what, how much, and room to write what was found. */

export type ListRow = { name: string; details: string; amount: string; amountDetails: string };
export type ListSection = {
  /** For the table of contents: « Plein champ ». */
  section: string;
  heading: Heading;
  rows: readonly ListRow[];
  /** Above what is written by hand: « récolté ». */
  written: string;
  /** Above the amounts: « à récolter ». */
  wanted: string;
  /** Under the last row: « 494,9 kg en tout »; '' for nothing. */
  foot: string;
  footer: string;
};

export type ListDocument = { title: string; editedOn: Day; sections: readonly ListSection[] };

const name = { size: 19, weight: 'bold' } as const;
const details = { size: 11.5 };
const amount = { size: 22, weight: 'bold' } as const;
const label = { size: 10.5, color: ink.grey };
const box = 19;
const writtenWidth = 88;
const amountWidth = 150;
const labelHeight = 18;
const footHeight = 34;
const leastRow = 46;
const rowPadding = 14;

const frame = Paper.frame('portrait');
const columns = layOut(frame.left, [
  { width: box + 10 },
  { width: frame.right - frame.left - box - 10 - amountWidth - writtenWidth - 16 },
  { width: amountWidth, align: 'right' },
]) as [Column, Column, Column];

type Line = { cells: Cell[]; height: number };

/** The pages of one section, filled alike, so that no row is left alone on the last. */
export function listPages(paper: Paper, { section, heading, rows, written, wanted, foot, footer }: ListSection): Page[] {
  const top = frame.top + headingHeight;
  const room = frame.bottom - footerHeight - top - labelHeight - footHeight;
  const sheets = fillAlike(
    rows.map((row) => lineOf(paper, row)),
    room,
  );
  return sheets.map((lines, index) => {
    const part = sheets.length > 1 ? `Feuille ${index + 1}/${sheets.length} · ` : '';
    const draw = (target: Paper) => {
      drawHeading(target, { ...heading, sentence: part + heading.sentence });
      target.text(wanted, columns[2].x + columns[2].width, top + 10, { ...label, align: 'right' });
      target.text(written, frame.right - writtenWidth / 2, top + 10, { ...label, align: 'center' });
      let y = top + labelHeight;
      target.rule(y, frame.left, frame.right, { thickness: 1.2, color: ink.black });
      for (const [at, line] of lines.entries()) {
        drawLine(target, line.cells, y, line.height, at > 0);
        y += line.height;
      }
      target.rule(y, frame.left, frame.right, { thickness: 1.2, color: ink.black });
      if (foot && index === sheets.length - 1) target.text(foot, frame.right, y + 22, { size: 14, weight: 'bold', align: 'right' });
    };
    return { orientation: 'portrait', section, footer, draw };
  });
}

/** As few pages as it takes, each as little filled as that allows. */
function fillAlike(lines: readonly Line[], room: number): Line[][] {
  const fewest = fill(lines, room).length;
  const whole = lines.reduce((sum, { height }) => sum + height, 0);
  for (let limit = whole / fewest; limit < room; limit += 8) {
    const sheets = fill(lines, limit);
    if (sheets.length === fewest) return sheets;
  }
  return fill(lines, room);
}

function fill(lines: readonly Line[], room: number): Line[][] {
  const sheets: Line[][] = [[]];
  let left = room;
  for (const line of lines) {
    if (line.height > left && sheets.at(-1)!.length > 0) {
      sheets.push([]);
      left = room;
    }
    sheets.at(-1)!.push(line);
    left -= line.height;
  }
  return sheets;
}

/** What it is for is never cut: the row grows. */
function lineOf(paper: Paper, row: ListRow): Line {
  const [, what, howMuch] = columns;
  const room = what.width - 8;
  const cells: Cell[] = [
    [],
    [
      ...paper.wrap(row.name, room, name, 2).map((text) => ({ ...name, text })),
      ...(row.details ? paper.wrap(row.details, room, details).map((text) => ({ ...details, text })) : []),
    ],
    [
      { ...amount, text: row.amount },
      ...(row.amountDetails ? paper.wrap(row.amountDetails, howMuch.width, details, 2).map((text) => ({ ...details, text })) : []),
    ],
  ];
  return { cells, height: Math.max(leastRow, ...cells.map((cell) => cellHeight(cell) + rowPadding)) };
}

function drawLine(paper: Paper, cells: Cell[], top: number, height: number, ruled: boolean): void {
  if (ruled) paper.rule(top, frame.left, frame.right);
  paper.box(frame.left + 1, top + (height - box) / 2, box, box, { stroke: ink.black, thickness: 1.1, radius: 2 });
  drawRow(paper, columns, cells, { top, height });
  const tall = Math.min(36, height - 10);
  paper.box(frame.right - writtenWidth, top + (height - tall) / 2, writtenWidth, tall, { stroke: ink.grey, radius: 3 });
}

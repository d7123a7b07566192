import type { Day } from '#kernel/day.ts';
import { drawHeading, type Heading, headingHeight } from '#platform/pdf/heading.ts';
import { footerHeight, type Page } from '#platform/pdf/pages.ts';
import { ink, Paper } from '#platform/pdf/paper.ts';
import { type Cell, type Column, drawRow, layOut } from '#platform/pdf/row.ts';

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
const writtenWidth = 96;
const amountWidth = 170;
const labelHeight = 18;
const footHeight = 34;
const least = 46;
const most = 62;

const frame = Paper.frame('portrait');
const columns = layOut(frame.left, [
  { width: box + 10 },
  { width: frame.right - frame.left - box - 10 - amountWidth - writtenWidth - 16 },
  { width: amountWidth, align: 'right' },
]) as [Column, Column, Column];

/** The pages of one section: as many rows on each, so that none is left alone on the last. */
export function listPages(paper: Paper, { section, heading, rows, written, wanted, foot, footer }: ListSection): Page[] {
  const top = frame.top + headingHeight;
  const room = frame.bottom - footerHeight - top - labelHeight - footHeight;
  const count = Math.max(1, Math.ceil(rows.length / Math.floor(room / least)));
  const perPage = Math.ceil(rows.length / count);
  const height = Math.min(most, room / perPage);
  return Array.from({ length: count }, (_, index) => {
    const shown = rows.slice(index * perPage, (index + 1) * perPage).map((row) => cellsOf(paper, row));
    const part = count > 1 ? `Feuille ${index + 1}/${count} · ` : '';
    const draw = (target: Paper) => {
      drawHeading(target, { ...heading, sentence: part + heading.sentence });
      target.text(wanted, columns[2].x + columns[2].width, top + 10, { ...label, align: 'right' });
      target.text(written, frame.right - writtenWidth / 2, top + 10, { ...label, align: 'center' });
      const body = top + labelHeight;
      target.rule(body, frame.left, frame.right, { thickness: 1.2, color: ink.black });
      for (const [at, cells] of shown.entries()) drawLine(target, cells, body + at * height, height, at > 0);
      const end = body + shown.length * height;
      target.rule(end, frame.left, frame.right, { thickness: 1.2, color: ink.black });
      if (foot && index === count - 1) target.text(foot, frame.right, end + 22, { size: 14, weight: 'bold', align: 'right' });
    };
    return { orientation: 'portrait', section, footer, draw };
  });
}

function cellsOf(paper: Paper, row: ListRow): Cell[] {
  const [, what] = columns;
  return [
    [],
    [
      { ...name, text: paper.shorten(row.name, what.width - 8, name) },
      ...(row.details ? paper.wrap(row.details, what.width - 8, details, 2).map((text) => ({ ...details, text })) : []),
    ],
    [{ ...amount, text: row.amount }, ...(row.amountDetails ? [{ ...details, text: row.amountDetails }] : [])],
  ];
}

function drawLine(paper: Paper, cells: Cell[], top: number, height: number, ruled: boolean): void {
  if (ruled) paper.rule(top, frame.left, frame.right);
  paper.box(frame.left + 1, top + (height - box) / 2, box, box, { stroke: ink.black, thickness: 1.1, radius: 2 });
  drawRow(paper, columns, cells, { top, height });
  const tall = Math.min(36, height - 10);
  paper.box(frame.right - writtenWidth, top + (height - tall) / 2, writtenWidth, tall, { stroke: ink.grey, radius: 3 });
}

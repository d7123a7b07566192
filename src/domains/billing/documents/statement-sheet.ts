import { type Day, sayDayAndYear, shortDay } from '#kernel/day.ts';
import { formatEuros } from '#kernel/money.ts';
import { ink, Paper } from '#platform/pdf/paper.ts';
import { partsOf, remains, type StatementPart, sayAhead, sayBefore, sayMonth, sayPeriodOf } from '../labels-statement.ts';
import type { Period } from '../rules/statement.ts';
import { drawLetterhead, drawRecipient, foot } from './letterhead.ts';
import type { Letterhead, Recipient } from './model.ts';
import { identity } from './words.ts';

/** What is drawn of a statement. */
export type StatementSheet = {
  letterhead: Letterhead;
  recipient: Recipient;
  from: Day;
  until: Day;
  opening: number;
  periods: readonly Period[];
  closing: number;
  ahead: number;
  editedOn: Day;
};

/** Something that stands on the page whole: its height, and how to draw it from a top. `glued`: never the last of a page. */
type Block = { height: number; glued?: boolean; draw: (top: number) => void };

const plain = { size: 10.5 };
const bold = { size: 10.5, weight: 'bold' } as const;
const small = { size: 9.5, color: ink.grey };
const dayWidth = 66;
const amountWidth = 92;

/** A customer's account told month by month, as a PDF/A-2b: the same statement always gives the same file. */
export function drawStatement(sheet: StatementSheet): Promise<Buffer> {
  const paper = new Paper(`Relevé de compte ${sheet.recipient.name}`, sheet.editedOn, { archival: true });
  const { top, bottom } = Paper.frame('portrait');
  const blocks = sheet.periods.flatMap((period) => monthBlocks(paper, period));
  const pages = fill(blocks, bottom - 34 - (top + headHeight(sheet)), bottom - 34 - (top + 34));
  for (const [index, page] of pages.entries()) {
    paper.addPage('portrait');
    let y = index === 0 ? drawTop(paper, sheet) : drawAgain(paper, sheet);
    for (const block of page) {
      block.draw(y);
      y += block.height;
    }
    foot(paper, sheet.letterhead, identity(sheet.letterhead), `page ${index + 1} / ${pages.length}`);
  }
  return paper.finish();
}

/** What is to come, and where the account stood before. */
const told = (sheet: StatementSheet): string[] => [sayAhead(sheet.ahead), sayBefore(sheet)].filter(Boolean);

const headHeight = (sheet: StatementSheet): number => 284 + 16 * told(sheet).length;

/** Garden, customer, title, what remains in large, and what is told of before and after: as high as `headHeight`. */
function drawTop(paper: Paper, sheet: StatementSheet): number {
  const { letterhead, recipient, from, until, closing, editedOn } = sheet;
  const { left, right, top } = paper.frame;
  drawLetterhead(paper, letterhead);
  paper.text('Relevé de compte', right, top + 22, { size: 22, weight: 'bold', align: 'right' });
  paper.text(sayPeriodOf({ from, until }), right, top + 42, { size: 11, align: 'right' });
  paper.text(`Client n° ${recipient.number} · édité le ${shortDay(editedOn)}`, right, top + 58, { size: 10.5, align: 'right' });
  drawRecipient(paper, recipient);
  const box = top + 222;
  paper.box(left, box, right - left, 46, { fill: ink.tint, stroke: ink.black, radius: 5 });
  const { label, amount } = remains(closing);
  paper.text(`${label} au ${sayDayAndYear(until)}`, left + 14, box + 28, { size: 13, weight: 'bold' });
  paper.text(amount, right - 14, box + 31, { size: 21, weight: 'bold', align: 'right' });
  for (const [at, line] of told(sheet).entries()) paper.text(line, left, box + 64 + at * 16, plain);
  return top + headHeight(sheet);
}

function drawAgain(paper: Paper, { recipient, from, until }: StatementSheet): number {
  const { left, right, top } = paper.frame;
  paper.text(`Relevé de compte ${sayPeriodOf({ from, until })} (suite)`, left, top + 12, { size: 12, weight: 'bold' });
  paper.text(paper.shorten(recipient.name, 200, plain), right, top + 12, { ...plain, align: 'right' });
  return top + 26;
}

function monthBlocks(paper: Paper, period: Period): Block[] {
  const { left, right } = Paper.frame('portrait');
  const { label, amount } = remains(period.balance);
  return [
    {
      ...{ height: 34, glued: true },
      draw: (top) => {
        paper.rule(top + 8, left, right, { thickness: 1.2, color: ink.black });
        paper.text(sayMonth(period), left, top + 25, { size: 13, weight: 'bold' });
      },
    },
    // What remains never stands alone on a page.
    ...partsOf(period)
      .flatMap((part) => partBlocks(paper, part))
      .map((block, at, { length }) => (at === length - 1 ? { ...block, glued: true } : block)),
    {
      height: 26,
      draw: (top) => {
        paper.box(left, top + 2, right - left, 19, { fill: ink.tint });
        paper.text(`${label} à la fin de la période`, left + 6, top + 15.5, bold);
        paper.text(amount, right - 6, top + 15.5, { ...bold, align: 'right' });
      },
    },
  ];
}

function partBlocks(paper: Paper, { title, lines, total, totalLabel }: StatementPart): Block[] {
  const { left, right } = Paper.frame('portrait');
  const x = left + dayWidth;
  const room = right - x - amountWidth;
  const heading: Block = { height: 18, glued: true, draw: (top) => paper.text(title, left, top + 13, bold) };
  const rows = lines.map(({ day, what, cents }, index): Block => {
    const texts = paper.wrap(what, room, plain);
    return {
      height: 2 + texts.length * 14,
      // The first line follows its heading, the last stands with the total.
      glued: index === lines.length - 1 && lines.length > 1,
      draw: (top) => {
        paper.text(shortDay(day), left, top + 11, small);
        for (const [at, text] of texts.entries()) paper.text(text, x, top + 11 + at * 14, plain);
        paper.text(formatEuros(cents), right - 6, top + 11, { ...plain, align: 'right' });
      },
    };
  });
  const sum: Block = {
    height: 18,
    draw: (top) => {
      paper.rule(top + 1, right - amountWidth, right);
      paper.text(totalLabel, right - amountWidth - 8, top + 13, { ...small, align: 'right' });
      paper.text(formatEuros(total), right - 6, top + 13, { ...bold, align: 'right' });
    },
  };
  return [heading, ...rows, ...(lines.length > 1 ? [sum] : [])];
}

/** Blocks of each page, in order; one that is glued goes with what follows it. One page at least. */
function fill(blocks: readonly Block[], firstRoom: number, room: number): Block[][] {
  const pages: Block[][] = [[]];
  let left = firstRoom;
  for (let at = 0; at < blocks.length; ) {
    let end = at;
    while (end < blocks.length - 1 && blocks[end]!.glued) end++;
    const group = blocks.slice(at, end + 1);
    const height = group.reduce((sum, one) => sum + one.height, 0);
    if (height > left && pages.at(-1)!.length > 0) {
      pages.push([]);
      left = room;
    }
    pages.at(-1)!.push(...group);
    left -= height;
    at = end + 1;
  }
  return pages;
}

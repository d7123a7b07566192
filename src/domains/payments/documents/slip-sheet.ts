import { type Day, sayDayAndYear, shortDay } from '#kernel/day.ts';
import { type Cents, formatEuros } from '#kernel/money.ts';
import { drawHeading, headingHeight } from '#platform/pdf/heading.ts';
import { footerHeight, type Page, printPages } from '#platform/pdf/pages.ts';
import { ink, Paper } from '#platform/pdf/paper.ts';
import { drawRow, layOut } from '#platform/pdf/row.ts';
import { slipLabels } from '../labels.ts';
import type { MethodKind } from '../rules/states.ts';

/** What a slip says on paper. */
export type SlipSheet = {
  garden: string;
  number: number;
  day: Day;
  kind: MethodKind;
  method: string;
  account: { name: string; holder: string; iban: string } | null;
  lines: { payer: string; reference: string; bank: string; amount: Cents; day: Day }[];
  editedOn: Day;
};

const frame = Paper.frame('portrait');
const small = { size: 10.5 };
const bold = { size: 11.5, weight: 'bold' } as const;
const head = { size: 9.5, weight: 'bold', color: ink.grey } as const;
const rowHeight = 21;
const headHeight = 22;
const accountHeight = 44;
const totalHeight = 92;
const gap = 10;
const columns = layOut(
  frame.left,
  [{ width: 24, align: 'right' }, { width: 178 }, { width: 92 }, { width: 121 }, { width: 72, align: 'right' }],
  gap,
);
const headings: Record<'cheque' | 'other', string[]> = {
  cheque: ['', 'Émis par', 'N° du chèque', 'Banque', 'Montant'],
  other: ['', 'Reçu de', 'Numéro', 'Reçu le', 'Montant'],
};

/** A slip as a PDF: what it lists, one row each, the total in figures and how many, room to sign. Cash has a grid to count notes and coins. */
export function drawSlip(slip: SlipSheet): Promise<Buffer> {
  const title = slipTitle(slip);
  const paper = new Paper(`${title} – ${slip.garden}`, slip.editedOn);
  const room = frame.bottom - footerHeight - frame.top - headingHeight - headHeight;
  const last = totalHeight + (slip.kind === 'cash' ? cashHeight : 0);
  const sheets = spread(
    slip.lines.length,
    Math.floor((room - accountHeight) / rowHeight),
    Math.floor(room / rowHeight),
    Math.ceil(last / rowHeight),
  );
  const pages = sheets.map(([from, until], index): Page => {
    const draw = (target: Paper) => {
      drawHeading(target, {
        code: '',
        title,
        color: ink.black,
        aside: shortDay(slip.day),
        sentence: `${slip.garden} · remise du ${sayDayAndYear(slip.day)}`,
      });
      let y = frame.top + headingHeight;
      if (index === 0) {
        drawAccount(target, slip, y);
        y += accountHeight;
      }
      y = drawLines(target, slip, [from, until], y);
      if (index === sheets.length - 1) drawEnd(target, slip, y);
    };
    return { orientation: 'portrait', section: title, footer: `${title} · ${slip.garden}`, draw };
  });
  return printPages(paper, pages, `édité le ${shortDay(slip.editedOn)}`);
}

export const slipTitle = ({ kind, method, number }: Pick<SlipSheet, 'kind' | 'method' | 'number'>): string =>
  `Remise ${slipLabels[kind].of || `« ${method} »`} n° ${number}`;

/**
 * Rows of each page: [from, until[. The total stands under the last row: a page of its own when the rows leave it no room.
 * @param first how many rows the first page holds. @param next how many the others hold. @param end how many rows the total takes the place of.
 */
export function spread(count: number, first: number, next: number, end: number): [number, number][] {
  const pages: [number, number][] = [];
  let from = 0;
  for (;;) {
    const holds = pages.length === 0 ? first : next;
    if (count - from <= holds - end) return [...pages, [from, count]];
    const until = Math.min(count, from + holds);
    pages.push([from, until]);
    from = until;
  }
}

function drawAccount(paper: Paper, { account, garden }: SlipSheet, top: number): void {
  paper.box(frame.left, top, frame.right - frame.left, accountHeight - 10, { fill: ink.tint });
  const iban = account ? account.iban.replace(/(.{4})(?=.)/g, '$1 ') : '';
  paper.text(paper.shorten(account ? account.holder || garden : garden, 240, bold), frame.left + 10, top + 22, bold);
  paper.text(account ? `${account.name} · ${iban}` : 'Compte : ………………………………………………', frame.right - 10, top + 22, {
    ...small,
    align: 'right',
  });
}

function drawLines(paper: Paper, slip: SlipSheet, [from, until]: [number, number], top: number): number {
  const words = headings[slip.kind === 'cheque' ? 'cheque' : 'other'];
  drawRow(
    paper,
    columns,
    words.map((text) => [{ ...head, text }]),
    { top, height: headHeight },
  );
  let y = top + headHeight;
  paper.rule(y, frame.left, frame.right, { thickness: 1.2, color: ink.black });
  for (let at = from; at < until; at++) {
    const { payer, reference, bank, amount, day } = slip.lines[at]!;
    const cells = [String(at + 1), payer, reference, slip.kind === 'cheque' ? bank : shortDay(day), formatEuros(amount)];
    drawRow(
      paper,
      columns,
      cells.map((text, index) => [{ ...(index === 4 ? bold : small), text }]),
      { top: y, height: rowHeight },
    );
    y += rowHeight;
    paper.rule(y, frame.left, frame.right);
  }
  return y;
}

const notes = [50000, 20000, 10000, 5000, 2000, 1000, 500];
const coins = [200, 100, 50, 20, 10, 5, 2, 1];
const cashHeight = 190;

function drawEnd(paper: Paper, slip: SlipSheet, top: number): void {
  const total = slip.lines.reduce((sum, { amount }) => sum + amount, 0);
  const { one, many } = slipLabels[slip.kind];
  const y = top + 12;
  paper.box(frame.right - 262, y, 262, 34, { stroke: ink.black, thickness: 1.4, radius: 4 });
  paper.text(`${slip.lines.length} ${slip.lines.length > 1 ? many : one}`, frame.right - 250, y + 22, small);
  paper.text(formatEuros(total), frame.right - 12, y + 23, { size: 16, weight: 'bold', align: 'right' });
  if (slip.kind === 'cash') drawCash(paper, y + 52);
  paper.text('Remis par, date et signature :', frame.left, slip.kind === 'cash' ? y + 52 + cashHeight : y + 62, small);
}

/** Notes and coins to count by hand: how many of each, and what they make. */
function drawCash(paper: Paper, top: number): void {
  const half = (frame.right - frame.left - 24) / 2;
  for (const [side, values] of [notes, coins].entries()) {
    const left = frame.left + side * (half + 24);
    paper.text(side === 0 ? 'Billets' : 'Pièces', left, top + 12, bold);
    for (const [row, cents] of values.entries()) {
      const baseline = top + 33 + row * 19;
      paper.text(cents >= 100 ? `${cents / 100} €` : `${cents} c`, left + 44, baseline, { ...small, align: 'right' });
      paper.text('× …………… = …………………', left + 54, baseline, small);
    }
  }
}

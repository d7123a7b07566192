import { type Day, shortDay } from '#kernel/day.ts';
import { type Cents, formatEuros } from '#kernel/money.ts';
import { drawHeading, headingHeight } from '#platform/pdf/heading.ts';
import { footerHeight, type Page, printPages } from '#platform/pdf/pages.ts';
import { ink, Paper } from '#platform/pdf/paper.ts';
import { drawRow, layOut } from '#platform/pdf/row.ts';
import { type Month, sayMonth } from '../rules/deduct.ts';

/** What payroll is given: who, under which number, how much. Nothing of what was bought. */
export type PaySheet = {
  garden: string;
  month: Month;
  closed: boolean;
  lines: { name: string; employeeNumber: string; cents: Cents }[];
  editedOn: Day;
};

const frame = Paper.frame('portrait');
const rowHeight = 24;
const endHeight = 90;
const columns = layOut(frame.left, [{ width: 110 }, { width: 287 }, { width: 110, align: 'right' }], 10);
const head = { size: 10, weight: 'bold', color: ink.grey } as const;
const text = { size: 11.5 };
const bold = { size: 12, weight: 'bold' } as const;

/** The list of a month on paper, with its total and room to sign; marked as a draft until the month is given. A long one goes on over the page. */
export function drawPaySheet(sheet: PaySheet): Promise<Buffer> {
  const title = `Retenues sur salaire, ${sayMonth(sheet.month)}`;
  const paper = new Paper(`${title} – ${sheet.garden}`, sheet.editedOn);
  const perPage = Math.floor((frame.bottom - footerHeight - frame.top - headingHeight - rowHeight - endHeight) / rowHeight);
  const count = Math.max(1, Math.ceil(sheet.lines.length / perPage));
  const pages = Array.from({ length: count }, (_, index): Page => {
    const draw = (target: Paper) =>
      drawPage(target, sheet, title, sheet.lines.slice(index * perPage, (index + 1) * perPage), index === count - 1);
    return { orientation: 'portrait', section: title, footer: `${title} · ${sheet.garden}`, draw };
  });
  return printPages(paper, pages, `édité le ${shortDay(sheet.editedOn)}`);
}

function drawPage(paper: Paper, sheet: PaySheet, title: string, lines: PaySheet['lines'], last: boolean): void {
  const sentence = `${sheet.garden} · paniers de légumes, avec l’accord écrit de chaque personne`;
  drawHeading(paper, { code: '', title, color: ink.black, aside: sheet.closed ? '' : 'Brouillon', sentence });
  let y = frame.top + headingHeight;
  const row = (cells: string[], styles: readonly (typeof text | typeof bold | typeof head)[]) => {
    drawRow(
      paper,
      columns,
      cells.map((cell, at) => [{ ...styles[at]!, text: cell }]),
      { top: y, height: rowHeight },
    );
    y += rowHeight;
    paper.rule(y, frame.left, frame.right);
  };
  row(['Matricule', 'Nom', 'À retenir'], [head, head, head]);
  for (const { employeeNumber, name, cents } of lines) row([employeeNumber, name, formatEuros(cents)], [text, text, bold]);
  if (!last) return;
  const total = sheet.lines.reduce((sum, { cents }) => sum + cents, 0);
  paper.text(`${sheet.lines.length} ${sheet.lines.length > 1 ? 'personnes' : 'personne'}`, frame.left, y + 26, text);
  paper.text(`Total : ${formatEuros(total)}`, frame.right, y + 26, { size: 15, weight: 'bold', align: 'right' });
  paper.text('Date et signature :', frame.left, y + 62, text);
}

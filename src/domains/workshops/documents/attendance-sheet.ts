import { type Day, sayDayAndYear, shortDay } from '#kernel/day.ts';
import { drawHeading, headingHeight } from '#platform/pdf/heading.ts';
import { footerHeight, type Page, printPages } from '#platform/pdf/pages.ts';
import { ink, Paper } from '#platform/pdf/paper.ts';
import { drawRow, layOut } from '#platform/pdf/row.ts';
import { sayHour } from '../rules/workshop.ts';

/** What the sheet says: a line for each party, as it stands. */
export type AttendanceSheet = {
  garden: string;
  title: string;
  day: Day;
  from: string;
  until: string;
  place: string;
  seats: number;
  parties: { name: string; phone: string; seats: number; agreed: boolean | null }[];
  editedOn: Day;
};

const frame = Paper.frame('portrait');
const text = { size: 11.5 };
const bold = { size: 12, weight: 'bold' } as const;
const head = { size: 9.5, weight: 'bold', color: ink.grey } as const;
const small = { size: 10, color: ink.grey };
const rowHeight = 27;
const headHeight = 30;
const endHeight = 70;
/** Lines left for those who come without having said so. */
const blanks = 4;
const columns = layOut(
  frame.left,
  [
    { width: 168 },
    { width: 88 },
    { width: 46, align: 'center' },
    { width: 46, align: 'center' },
    { width: 66, align: 'center' },
    { width: 63 },
  ],
  10,
);
const headings = [['Nom'], ['Téléphone'], ['Inscrits'], ['Venus'], ['Photos', 'd’accord ?'], ['Signature']];

/** Who is expected and who came, to be ticked and signed by hand: names in the order of the alphabet, a few empty lines, a total. A long list goes on over the page. */
export function drawAttendance(sheet: AttendanceSheet): Promise<Buffer> {
  const paper = new Paper(`${sheet.title}, ${shortDay(sheet.day)} – ${sheet.garden}`, sheet.editedOn);
  const perPage = Math.floor((frame.bottom - footerHeight - frame.top - headingHeight - headHeight - endHeight) / rowHeight);
  const lines = [...sheet.parties, ...Array.from({ length: blanks }, () => null)];
  const pages = Array.from({ length: Math.ceil(lines.length / perPage) }, (_, index): Page => {
    const shown = lines.slice(index * perPage, (index + 1) * perPage);
    const last = (index + 1) * perPage >= lines.length;
    return {
      orientation: 'portrait',
      section: sheet.title,
      footer: `${sheet.title} · ${sheet.garden}`,
      draw: (target) => drawPage(target, sheet, shown, last),
    };
  });
  return printPages(paper, pages, `édité le ${shortDay(sheet.editedOn)}`);
}

function drawPage(paper: Paper, sheet: AttendanceSheet, lines: (AttendanceSheet['parties'][number] | null)[], last: boolean): void {
  drawHeading(paper, {
    code: '',
    title: sheet.title,
    color: ink.black,
    aside: '',
    sentence: `${sayDayAndYear(sheet.day)}, de ${sayHour(sheet.from)} à ${sayHour(sheet.until)} · ${sheet.place}`,
  });
  let y = frame.top + headingHeight;
  drawRow(
    paper,
    columns,
    headings.map((cell) => cell.map((line) => ({ ...head, text: line }))),
    { top: y, height: headHeight },
  );
  y += headHeight;
  paper.rule(y, frame.left, frame.right, { thickness: 1.2, color: ink.black });
  for (const line of lines) {
    const cells = line
      ? [line.name, line.phone, String(line.seats), '', line.agreed === null ? '' : line.agreed ? 'oui' : 'non', '']
      : ['', '', '', '', '', ''];
    drawRow(
      paper,
      columns,
      cells.map((cell, at) => [{ ...(at === 0 ? bold : text), text: cell }]),
      { top: y, height: rowHeight },
    );
    // Where a hand writes how many came.
    paper.box(columns[3]!.x + 8, y + 6, 30, rowHeight - 12, { stroke: ink.rule, radius: 3 });
    y += rowHeight;
    paper.rule(y, frame.left, frame.right);
  }
  if (!last) return;
  const expected = sheet.parties.reduce((sum, { seats }) => sum + seats, 0);
  paper.text(
    `${expected} ${expected > 1 ? 'personnes attendues' : 'personne attendue'} pour ${sheet.seats} places`,
    frame.left,
    y + 26,
    bold,
  );
  paper.text('Total venus : ……………', frame.right, y + 26, { ...bold, align: 'right' });
  paper.text(
    '« Photos » : accepte-t-on d’être reconnu sur une photo montrée au public ? On peut changer d’avis.',
    frame.left,
    y + 48,
    small,
  );
}

import { type Day, shortDay } from '#kernel/day.ts';
import { type Cents, formatEuros } from '#kernel/money.ts';
import { ink, Paper } from '#platform/pdf/paper.ts';
import { allHidden, fewest, sayCount, type ToldGroup } from '../rules/evidence.ts';

export type EvidenceSheet = {
  garden: string;
  legal: string;
  title: string;
  funder: string;
  asks: 'baskets' | 'workshops' | 'both';
  from: Day;
  until: Day;
  cents: Cents;
  baskets: number;
  corrections: number;
  people: number | null;
  households: readonly ToldGroup[];
  weeks: readonly { year: number; week: number; baskets: number | null }[];
  /** `present` in words; a part below zero was asked before, and is taken back. */
  workshops: readonly { title: string; day: Day; present: string; cents: Cents }[];
  editedOn: Day;
};

const rowHeight = 18;
const titles = {
  baskets: 'Justificatif de paniers solidaires',
  workshops: 'Justificatif d’ateliers',
  both: 'Justificatif de paniers solidaires et d’ateliers',
};
const periods = { baskets: 'Période des livraisons', workshops: 'Ateliers tenus', both: 'Période' };

/** What a claim is for, on paper, in counts alone: nobody can be recognised. Weeks and workshops go on over as many pages as they need. */
export function drawEvidence(sheet: EvidenceSheet): Promise<Buffer> {
  const paper = new Paper(`Justificatif ${sheet.title}`, sheet.editedOn);
  paper.addPage('portrait');
  const { left, right, top, bottom } = paper.frame;
  let y = top + 20;
  const write = (text: string, style: { size: number; weight?: 'bold'; color?: string }, gap: number) => {
    for (const line of paper.wrap(text, right - left, style)) {
      paper.text(line, left, y, style);
      y += gap;
    }
  };
  const turn = (height: number) => {
    if (y + height <= bottom - 42) return;
    paper.addPage('portrait');
    y = top + 20;
  };
  /** Its label over as many lines as it takes, then a value, and one at the right edge. */
  const row = (label: string, value: string, last = '', room = 250) => {
    const said = paper.wrap(label, room, { size: 11 });
    turn(said.length * rowHeight);
    for (const [at, line] of said.entries()) paper.text(line, left, y + at * 14, { size: 11 });
    paper.text(value, left + room + 10, y, { size: 11 });
    paper.text(last, right, y, { size: 11, align: 'right' });
    y += (said.length - 1) * 14;
    paper.rule(y + 5, left, right, { color: ink.grey });
    y += rowHeight;
  };
  const heading = (text: string) => {
    y += 14;
    turn(60);
    write(text, { size: 14, weight: 'bold' }, 22);
  };
  write(titles[sheet.asks], { size: 20, weight: 'bold' }, 26);
  write(`Joint à ${sheet.title}, adressé à ${sheet.funder}`, { size: 12, color: ink.grey }, 22);
  row('Jardin', sheet.garden);
  if (sheet.legal) row('SIRET', sheet.legal);
  row(
    periods[sheet.asks],
    sheet.from === sheet.until ? `le ${shortDay(sheet.from)}` : `du ${shortDay(sheet.from)} au ${shortDay(sheet.until)}`,
  );
  row('Montant demandé', formatEuros(sheet.cents));
  if (sheet.asks !== 'workshops') {
    row('Paniers livrés', String(sheet.baskets));
    if (sheet.corrections > 0) row('Paniers déjà demandés, repris ici', String(sheet.corrections));
    row('Foyers aidés', sayCount(sheet.people));
    heading('Foyers, selon leur taille');
    if (allHidden(sheet.households)) row('Aucun groupe n’est assez grand pour être montré.', '', '', right - left);
    else for (const { name, count } of sheet.households) row(name, sayCount(count));
    heading('Paniers livrés, semaine par semaine');
    const shown = sheet.weeks.filter(({ baskets }) => baskets !== null);
    for (const { year, week, baskets } of shown) row(`Semaine ${week} de ${year}`, sayCount(baskets));
    const hidden = sheet.weeks.length - shown.length;
    if (hidden > 0)
      row(
        `${hidden} ${shown.length > 0 ? (hidden > 1 ? 'autres ' : 'autre ') : ''}${hidden > 1 ? 'semaines' : 'semaine'}`,
        hidden > 1 ? 'non montrées' : 'non montrée',
      );
  }
  if (sheet.asks !== 'baskets') {
    heading('Ateliers');
    for (const { title, day, present, cents } of sheet.workshops) {
      const again = cents < 0 ? ', demandé avant et repris ici' : '';
      row(`${title}, le ${shortDay(day)}${again}`, `Présents : ${present}`, formatEuros(cents), 300);
    }
  }
  y += 10;
  turn(26);
  const groups = { baskets: `${fewest} foyers`, workshops: `${fewest} personnes`, both: `${fewest} foyers ou personnes` }[sheet.asks];
  write(
    `Aucun groupe de moins de ${groups} n’est montré, ni ce qui permettrait de le retrouver. Les noms et les justificatifs des personnes ne sont ni demandés ni transmis.`,
    { size: 9.5, color: ink.grey },
    13,
  );
  return paper.finish();
}

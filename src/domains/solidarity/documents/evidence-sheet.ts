import { type Day, shortDay } from '#kernel/day.ts';
import { type Cents, formatEuros } from '#kernel/money.ts';
import { ink, Paper } from '#platform/pdf/paper.ts';
import { fewest, sayCount, type ToldGroup } from '../rules/evidence.ts';

export type EvidenceSheet = {
  garden: string;
  legal: string;
  title: string;
  funder: string;
  from: Day;
  until: Day;
  cents: Cents;
  baskets: number;
  corrections: number;
  people: number | null;
  households: readonly ToldGroup[];
  weeks: readonly { year: number; week: number; baskets: number | null }[];
  editedOn: Day;
};

const rowHeight = 18;

/** What a claim is for, on paper, in counts alone: nobody can be recognised. Weeks go on over as many pages as they need. */
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
  const row = (label: string, value: string) => {
    if (y > bottom - 60) {
      paper.addPage('portrait');
      y = top + 20;
    }
    paper.text(label, left, y, { size: 11 });
    paper.text(value, left + 260, y, { size: 11 });
    paper.rule(y + 5, left, right, { color: ink.grey });
    y += rowHeight;
  };
  write('Justificatif de paniers solidaires', { size: 20, weight: 'bold' }, 26);
  write(`Joint à ${sheet.title}, adressé à ${sheet.funder}`, { size: 12, color: ink.grey }, 22);
  row('Jardin', sheet.garden);
  if (sheet.legal) row('SIRET', sheet.legal);
  row('Période des livraisons', `du ${shortDay(sheet.from)} au ${shortDay(sheet.until)}`);
  row('Paniers livrés', String(sheet.baskets));
  if (sheet.corrections > 0) row('Paniers déjà demandés, repris ici', String(sheet.corrections));
  row('Montant demandé', formatEuros(sheet.cents));
  row('Foyers aidés', sayCount(sheet.people));
  y += 14;
  write('Foyers, selon leur taille', { size: 14, weight: 'bold' }, 22);
  for (const { name, count } of sheet.households) row(name, sayCount(count));
  y += 14;
  write('Paniers livrés, semaine par semaine', { size: 14, weight: 'bold' }, 22);
  for (const { year, week, baskets } of sheet.weeks) row(`Semaine ${week} de ${year}`, sayCount(baskets));
  y += 10;
  write(
    `Aucun groupe de moins de ${fewest} foyers n’est montré, ni ce qui permettrait de le retrouver. Les noms et les justificatifs des personnes ne sont ni demandés ni transmis.`,
    { size: 9.5, color: ink.grey },
    13,
  );
  return paper.finish();
}

import { sayDayAndYear, shortDay } from '#kernel/day.ts';
import { formatEuros } from '#kernel/money.ts';
import { ink, type Paper } from '#platform/pdf/paper.ts';
import { totals } from '../rules/draft.ts';
import { drawLetterhead, drawRecipient, foot } from './letterhead.ts';
import type { DocumentSheet } from './model.ts';
import { drawHead, drawLine, lineHeight, tableColumns } from './table.ts';
import { identity, kindTitles, mentionsOf } from './words.ts';

const bottom = 62;
const mentionStyle = { size: 8.5, color: ink.grey };

/** Draws one document from a new page on, as many pages as its lines take. Throws when its lines do not add up to what its totals say. */
export function drawDocumentPages(paper: Paper, sheet: DocumentSheet): void {
  const pages = layOutPages(paper, sheet);
  for (const [index, lines] of pages.entries()) {
    paper.addPage('portrait');
    const { right, bottom: edge } = paper.frame;
    const last = index === pages.length - 1;
    let y = index === 0 ? drawTop(paper, sheet) : drawAgain(paper, sheet);
    const columns = tableColumns(paper, sheet);
    if (lines.length > 0) y = drawHead(paper, columns, y);
    for (const line of lines) y = drawLine(paper, columns, line, y);
    if (last) drawEnd(paper, sheet, y + 16);
    foot(paper, sheet.letterhead, identity(sheet.letterhead), pages.length > 1 ? `page ${index + 1} / ${pages.length}` : '');
    if (!last) paper.text('Suite à la page suivante', right, edge - 30, { ...mentionStyle, align: 'right' });
  }
}

/** Title, number and day; garden; recipient; due day. Gives where the table begins. */
function drawTop(paper: Paper, sheet: DocumentSheet): number {
  const { left, right, top } = paper.frame;
  drawLetterhead(paper, sheet.letterhead);
  paper.text(kindTitles[sheet.kind], right, top + 22, { size: 24, weight: 'bold', align: 'right' });
  const number = sheet.number ? `N° ${sheet.number}` : 'Sans valeur comptable';
  paper.text(number, right, top + 42, { size: 12, weight: 'bold', align: 'right' });
  paper.text(`du ${sayDayAndYear(sheet.day)}`, right, top + 59, { size: 10.5, align: 'right' });
  drawRecipient(paper, sheet.recipient);
  let y = top + 218;
  const about = [`Client n° ${sheet.recipient.number}`];
  if (sheet.kind === 'invoice') about.push(`À régler au plus tard le ${shortDay(sheet.dueOn)}`);
  if (sheet.credits) about.push(`${sheet.kind === 'credit_note' ? 'Sur la facture' : 'Annule l’avoir'} ${sheet.credits}`);
  paper.text(paper.shorten(about.join('  ·  '), right - left, { size: 10.5 }), left, y, { size: 10.5 });
  if (sheet.title) {
    y += 20;
    for (const text of paper.wrap(sheet.title, right - left, { size: 12, weight: 'bold' }, 2)) {
      paper.text(text, left, y, { size: 12, weight: 'bold' });
      y += 16;
    }
    y -= 16;
  }
  return y + 16;
}

/** The heading of the pages that follow the first. */
function drawAgain(paper: Paper, sheet: DocumentSheet): number {
  const { left, right, top } = paper.frame;
  const title = [kindTitles[sheet.kind], sheet.number, 'du', shortDay(sheet.day), '(suite)'].filter(Boolean).join(' ');
  paper.text(title, left, top + 12, { size: 12, weight: 'bold' });
  paper.text(paper.shorten(sheet.recipient.name, 240, { size: 10.5 }), right, top + 12, { size: 10.5, align: 'right' });
  return top + 30;
}

/** Totals by rate, the amount, then the note and the mentions. Its height is `endHeight`. */
function drawEnd(paper: Paper, sheet: DocumentSheet, from: number): void {
  const { left, right } = paper.frame;
  const { rates, net, vat, gross } = totals(sheet.lines);
  const box = right - 218;
  let y = from;
  const row = (label: string, amount: string, strong = false) => {
    const style = { size: strong ? 13 : 10.5, weight: strong ? ('bold' as const) : ('regular' as const) };
    paper.text(label, box + 12, y, style);
    paper.text(amount, right - 10, y, { ...style, align: 'right' });
    y += strong ? 22 : 17;
  };
  const withVat = rates.some(({ vatBasisPoints }) => vatBasisPoints > 0);
  const height = 34 + (withVat ? 17 * (rates.filter((one) => one.vatBasisPoints > 0 || one.vat !== 0).length + 1) : 0);
  paper.box(box, from, 218, height, { fill: ink.tint, radius: 4 });
  y = from + 21;
  if (withVat) {
    row('Total hors taxes', formatEuros(net));
    for (const one of rates) if (one.vatBasisPoints > 0) row(`TVA ${one.vatBasisPoints / 100} %`.replace('.', ','), formatEuros(one.vat));
    y += 3;
  }
  row(sheet.kind === 'credit_note' ? 'Total de l’avoir' : withVat ? 'Total TTC' : 'Total', formatEuros(gross), true);
  if (withVat && rates.length > 1) drawRates(paper, rates, from + 12, box - 20);
  if (net + vat !== gross) throw new Error(`${sheet.number}: ${net} + ${vat} is not ${gross}.`);
  let text = from + Math.max(height, rates.length > 1 ? 30 + rates.length * 15 : 0) + 22;
  for (const line of sheet.note ? paper.wrap(sheet.note, right - left, { size: 10.5 }, 6) : []) {
    paper.text(line, left, text, { size: 10.5 });
    text += 15;
  }
  if (sheet.kind === 'credit_note')
    paper.text('Cette somme vient en déduction de ce que vous devez, ou vous sera rendue.', left, text, { size: 10.5 });
  const mentions = mentionLines(paper, sheet);
  let baseline = paper.frame.bottom - bottom + 28 - (mentions.length - 1) * 11.5;
  for (const line of mentions) {
    paper.text(line, left, baseline, mentionStyle);
    baseline += 11.5;
  }
}

type Rates = ReturnType<typeof totals>['rates'];

/** What each rate applies to, when there are several: net, VAT, gross. */
function drawRates(paper: Paper, rates: Rates, from: number, right: number): void {
  const { left } = paper.frame;
  const edges = [left + 60, left + 135, left + 205, Math.min(right, left + 285)];
  const style = { size: 9, color: ink.grey };
  for (const [index, head] of ['Taux', 'Hors taxes', 'TVA', 'TTC'].entries())
    paper.text(head, edges[index]!, from, { ...style, align: 'right' });
  paper.rule(from + 5, left, edges[3]!);
  for (const [index, { vatBasisPoints, net, vat, gross }] of rates.entries()) {
    const y = from + 18 + index * 14;
    const cells = [`${vatBasisPoints / 100} %`.replace('.', ','), formatEuros(net), formatEuros(vat), formatEuros(gross)];
    for (const [at, cell] of cells.entries()) paper.text(cell, edges[at]!, y, { size: 9, align: 'right' });
  }
}

const mentionLines = (paper: Paper, sheet: DocumentSheet): string[] =>
  mentionsOf(sheet).flatMap((mention) => paper.wrap(mention, paper.frame.right - paper.frame.left, mentionStyle, 4));

/** Which lines stand on which page: the end of the document is never alone beneath nothing, and never over the mentions. */
function layOutPages(paper: Paper, sheet: DocumentSheet): DocumentSheet['lines'][] {
  const frame = { top: 34, bottom: 841.89 - 34 };
  const columns = tableColumns(paper, sheet);
  const { rates } = totals(sheet.lines);
  const note = sheet.note ? paper.wrap(sheet.note, 527, { size: 10.5 }, 6).length * 15 : 0;
  const end = 16 + 110 + rates.length * 17 + note + mentionLines(paper, sheet).length * 11.5;
  const room = (page: number, ends: boolean) => frame.bottom - bottom - (page === 0 ? frame.top + 275 : frame.top + 50) - (ends ? end : 0);
  const pages: DocumentSheet['lines'][] = [[]];
  let used = 0;
  for (const [index, line] of sheet.lines.entries()) {
    const height = lineHeight(paper, columns, line);
    const ends = index === sheet.lines.length - 1;
    if (used + height > room(pages.length - 1, ends) && pages.at(-1)!.length > 0) {
      pages.push([]);
      used = 0;
    }
    pages.at(-1)!.push(line);
    used += height;
  }
  return pages;
}

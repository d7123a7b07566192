import { sayDay, shortDay } from '#kernel/day.ts';
import { ink, Paper } from '#platform/pdf/paper.ts';
import { drawLetterhead, drawRecipient, foot } from './letterhead.ts';
import type { DeliveryNote } from './model.ts';
import { identity } from './words.ts';

const row = 24;

/** What was handed over, day by day, without any price, with a place to sign; as many pages as it takes. */
export function drawDeliveryNote(note: DeliveryNote): Promise<Buffer> {
  const paper = new Paper('Bon de livraison', note.editedOn, { archival: true });
  const { top, bottom } = Paper.frame('portrait');
  const room = (page: number) => bottom - 30 - (page === 0 ? top + 240 : top + 50);
  // The place to sign stands on the last page: its room is kept everywhere.
  const fits = (page: number) => Math.floor((room(page) - 110) / row);
  const pages: DeliveryNote['baskets'][] = [];
  for (let at = 0; at < note.baskets.length; ) {
    const next = at + fits(pages.length);
    pages.push(note.baskets.slice(at, next));
    at = next;
  }
  if (pages.length === 0) pages.push([]);
  for (const [index, baskets] of pages.entries()) {
    paper.addPage('portrait');
    let y = index === 0 ? drawTop(paper, note) : drawAgain(paper, note);
    y = drawTable(paper, baskets, y);
    if (index === pages.length - 1) drawSignature(paper, note, y + 28);
    foot(paper, note.letterhead, identity(note.letterhead), pages.length > 1 ? `page ${index + 1} / ${pages.length}` : '');
  }
  return paper.finish();
}

const period = ({ from, until }: DeliveryNote): string =>
  from === until ? `du ${shortDay(from)}` : `du ${shortDay(from)} au ${shortDay(until)}`;

function drawTop(paper: Paper, note: DeliveryNote): number {
  const { left, right, top } = paper.frame;
  drawLetterhead(paper, note.letterhead);
  paper.text('Bon de livraison', right, top + 22, { size: 22, weight: 'bold', align: 'right' });
  paper.text(period(note), right, top + 42, { size: 11, align: 'right' });
  drawRecipient(paper, note.recipient);
  paper.text(`Client n° ${note.recipient.number}`, left, top + 218, { size: 10.5 });
  return top + 232;
}

function drawAgain(paper: Paper, note: DeliveryNote): number {
  const { left, top } = paper.frame;
  paper.text(`Bon de livraison ${period(note)} (suite)`, left, top + 12, { size: 12, weight: 'bold' });
  return top + 30;
}

function drawTable(paper: Paper, baskets: DeliveryNote['baskets'], from: number): number {
  const { left, right } = paper.frame;
  const small = { size: 9, color: ink.grey };
  const columns = { day: left, product: left + 130, depot: left + 290, quantity: right };
  paper.text('Jour', columns.day, from + 10, small);
  paper.text('Panier', columns.product, from + 10, small);
  paper.text('Point de dépôt', columns.depot, from + 10, small);
  paper.text('Quantité', columns.quantity, from + 10, { ...small, align: 'right' });
  paper.rule(from + 16, left, right, { thickness: 1, color: ink.black });
  let y = from + 18;
  for (const { day, product, depot, quantity, missing } of baskets) {
    const style = { size: 10.5 };
    paper.text(paper.shorten(sayDay(day), 122, style), columns.day, y + 16, style);
    paper.text(paper.shorten(product, 152, style), columns.product, y + 16, style);
    paper.text(paper.shorten(depot, 150, style), columns.depot, y + 16, style);
    paper.text(missing === quantity ? 'non remis' : String(quantity - missing), columns.quantity, y + 16, { ...style, align: 'right' });
    y += row;
    paper.rule(y, left, right);
  }
  return y;
}

function drawSignature(paper: Paper, { baskets }: DeliveryNote, y: number): void {
  const { left, right } = paper.frame;
  const given = baskets.reduce((sum, { quantity, missing }) => sum + quantity - missing, 0);
  const said = given === 0 ? 'Aucun panier remis' : given < 2 ? `${given} panier remis` : `${given} paniers remis`;
  paper.text(said, left, y, { size: 12, weight: 'bold' });
  paper.text('Reçu le, nom et signature :', right - 230, y, { size: 10 });
  paper.box(right - 230, y + 8, 230, 62, { stroke: ink.rule, radius: 4 });
}

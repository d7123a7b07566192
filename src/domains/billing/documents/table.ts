import { formatEuros } from '#kernel/money.ts';
import { ink, type Paper } from '#platform/pdf/paper.ts';
import type { DocumentSheet, SheetLine } from './model.ts';
import { lineDetail, sayQuantity, sayRate, sayUnitPrice } from './words.ts';

type Column = { label: string; right: number; cell: (line: SheetLine) => string };
/** The label takes what the figures leave. */
export type TableColumns = { room: number; figures: Column[] };

const style = { size: 10.5 };
const small = { size: 9, color: ink.grey };

/**
 * Prices are told with VAT to people who pay them so, without it to organisations and where they were entered so (article 242 nonies A of the CGI's annex II
 * wants the price without VAT between professionals); without any VAT, columns for it would only be in the way.
 */
export function tableColumns(paper: Paper, { lines, recipient }: Pick<DocumentSheet, 'lines' | 'recipient'>): TableColumns {
  const { left, right } = { left: 34, right: 595.28 - 34 };
  const taxed = lines.some(({ vatBasisPoints }) => vatBasisPoints > 0);
  const withVat = recipient.kind === 'person' && lines.every(({ vatIncluded }) => vatIncluded);
  const of = (label: string, cell: Column['cell']) => ({ label, cell });
  const wanted = [
    of('Quantité', ({ quantity }) => sayQuantity(quantity)),
    of(!taxed ? 'Prix unitaire' : withVat ? 'Prix unit. TTC' : 'Prix unit. HT', (line) => sayUnitPrice(line, withVat)),
    ...(taxed ? [of('TVA', ({ vatBasisPoints }) => sayRate(vatBasisPoints)), of('Montant HT', ({ net }) => formatEuros(net))] : []),
    of(taxed ? 'Montant TTC' : 'Montant', ({ gross }) => formatEuros(gross)),
  ];
  let edge = right;
  const figures: Column[] = [];
  for (const column of wanted.toReversed()) {
    figures.unshift({ ...column, right: edge });
    const widest = Math.max(paper.width(column.label, small), ...lines.map((line) => paper.width(column.cell(line), style)));
    edge -= Math.ceil(widest) + 14;
  }
  return { room: edge - left, figures };
}

export function drawHead(paper: Paper, { figures }: TableColumns, top: number): number {
  const { left, right } = paper.frame;
  paper.text('Désignation', left, top + 10, small);
  for (const { label, right: edge } of figures) paper.text(label, edge, top + 10, { ...small, align: 'right' });
  paper.rule(top + 16, left, right, { thickness: 1, color: ink.black });
  return top + 18;
}

const parts = (paper: Paper, { room }: TableColumns, line: SheetLine) => ({
  label: paper.wrap(line.label, room, style, 3),
  detail: lineDetail(line) ? paper.wrap(lineDetail(line), room, small, 3) : [],
});

export function lineHeight(paper: Paper, columns: TableColumns, line: SheetLine): number {
  const { label, detail } = parts(paper, columns, line);
  return 11 + label.length * 13.5 + detail.length * 11.5;
}

export function drawLine(paper: Paper, columns: TableColumns, line: SheetLine, top: number): number {
  const { left, right } = paper.frame;
  const { label, detail } = parts(paper, columns, line);
  let y = top + 15;
  for (const { cell, right: edge } of columns.figures) paper.text(cell(line), edge, y, { ...style, align: 'right' });
  for (const text of label) {
    paper.text(text, left, y, style);
    y += 13.5;
  }
  y -= 1;
  for (const text of detail) {
    paper.text(text, left, y, small);
    y += 11.5;
  }
  const end = top + lineHeight(paper, columns, line);
  paper.rule(end, left, right);
  return end;
}

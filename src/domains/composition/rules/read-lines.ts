import { type Exact, parseExact, plus, times, zero } from '#kernel/exact.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import type { Table } from '#kernel/table.ts';

/** A line of a composition file: what it costs, exactly as it is written. */
export type ReadLine = { line: number; name: string; quantity: Exact; unitPrice: Exact };

const columns = {
  name: { label: 'Légume', heading: /^(legumes?|produits?|nom|designation)$/ },
  quantity: { label: 'Quantité', heading: /^(quantites?|qte)\b/ },
  unit: { label: 'Unité', heading: /^unites?\b/ },
  price: { label: 'Prix réf. HT', heading: /^prix\b/ },
} as const;
type Column = keyof typeof columns;

const units = /^(kg|kilos?|kilogrammes?|pieces?|p|u|unites?|bottes?|barquettes?|barq|caissettes?|boites?)\.?$/;
const bare = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .trim()
    .toLowerCase();

/**
 * A table with the columns Légume, Quantité, Unité, Prix réf. HT, in whatever order, → its lines. Refuses the whole when a line is wrong, with
 * the number of each: a composition with a line too few would cost too little and nobody would see it.
 */
export function readLines(table: Pick<Table, 'name' | 'headers' | 'rows'>): Outcome<ReadLine[]> {
  const places = new Map<Column, number>();
  for (const column of Object.keys(columns) as Column[]) {
    const at = table.headers.findIndex((header) => columns[column].heading.test(bare(header)));
    if (at >= 0) places.set(column, at);
  }
  const missing = (Object.keys(columns) as Column[]).filter((column) => !places.has(column));
  if (missing.length) {
    const said = missing.map((column) => `« ${columns[column].label} »`).join(', ');
    return refuse(`« ${table.name} » : il manque ${missing.length > 1 ? 'les colonnes' : 'la colonne'} ${said}.`);
  }
  const lines: ReadLine[] = [];
  const problems: string[] = [];
  for (const { line, cells } of table.rows) {
    const cell = (column: Column) => (cells[places.get(column)!] ?? '').trim();
    const quantity = parseExact(cell('quantity'));
    const unitPrice = parseExact(cell('price').replace('€', ''));
    const problem = whyNot(cell, quantity, unitPrice);
    if (problem) problems.push(`ligne ${line} : ${problem}`);
    else lines.push({ line, name: cell('name'), quantity: quantity!, unitPrice: unitPrice! });
  }
  if (problems.length) return refuse(`« ${table.name} » :\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  return lines.length ? done(lines) : refuse(`« ${table.name} » n’a aucune ligne sous ses titres.`);
}

function whyNot(cell: (column: Column) => string, quantity: Exact | null, price: Exact | null): string | null {
  if (cell('name') === '') return 'le nom du produit manque.';
  if (!quantity) return wrong(cell('quantity'), 'la quantité', 'un nombre est attendu, par exemple 0,5');
  if (!units.test(bare(cell('unit')))) return wrong(cell('unit'), 'l’unité', 'kg, pièce, botte ou barquette est attendu');
  return price ? null : wrong(cell('price'), 'le prix de référence', 'un prix est attendu, par exemple 1,51');
}

const wrong = (typed: string, what: string, expected: string) =>
  typed === '' ? `${what} manque (${expected}).` : `« ${typed} » : ${expected}.`;

/** Σ quantity × reference price of lines as they were read, in euros. */
export const readDeparture = (lines: readonly ReadLine[]): Exact =>
  lines.reduce<Exact>((sum, { quantity, unitPrice }) => plus(sum, times(quantity, unitPrice)), zero);

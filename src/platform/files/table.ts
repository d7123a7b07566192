import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import type { Table, TableRow } from '#kernel/table.ts';
import { parseCsv } from './csv.ts';
import { decode } from './decode.ts';
import { foreignFormat, isZip } from './foreign.ts';
import { columnNames, headerIndex, looksLikeData } from './header.ts';
import { workbookRows } from './workbook.ts';
import { unguarded } from './write.ts';
import { fitsInMemory } from './zip.ts';

export type { Table, TableRow } from '#kernel/table.ts';
export { writeCsv, writeXlsx } from './write.ts';

const separators = [';', '\t', ',', '|'];
const largest = 40 * 1024 * 1024;
const mostCells = 2_000_000;
const tooWide = (name: string) =>
  `« ${name} » s’étend trop loin : une cellule est remplie très bas ou très à droite. Supprimez les lignes et les colonnes inutiles, puis enregistrez-le.`;

/**
 * A file as it was given → its table. CSV in any usual encoding with any usual separator, or XLSX; both are told by their
 * content, never by their name. A refusal says in French what the file is and what to do with it.
 */
export async function readTable(name: string, content: Uint8Array): Promise<Outcome<Table>> {
  if (content.length === 0) return refuse(`« ${name} » est vide.`);
  if (content.length > largest) return refuse(`« ${name} » est trop gros (plus de 40 Mo). Partagez-le en plusieurs fichiers.`);
  const foreign = foreignFormat(name, content);
  if (foreign) return refuse(foreign);
  if (!isZip(content)) return readCsv(name, content);
  if (!fitsInMemory(content)) return refuse(tooWide(name));
  const rows = await workbookRows(content);
  if (!rows)
    return refuse(`« ${name} » n’est pas un classeur lisible. Ouvrez-le dans votre tableur et enregistrez-le au format XLSX ou CSV.`);
  return asTable({ name, format: 'xlsx', encoding: 'utf-8', separator: '' }, rows);
}

function readCsv(name: string, content: Uint8Array): Outcome<Table> {
  const { text: decoded, encoding } = decode(content);
  const text = decoded.replace(/^\ufeff/, '');
  if (text.includes('\0')) return refuse(`« ${name} » n’est pas un tableau. Enregistrez votre tableau au format XLSX ou CSV.`);
  // Excel's own hint, alone on the first line. The line stays, blank, so that the others keep their numbers.
  const hint = /^"?sep=(.)"?(?=\r|\n)/i.exec(text);
  const body = hint ? text.slice(hint[0].length) : text;
  const separator = hint?.[1] ?? likelySeparator(body);
  const rows = parseCsv(body, separator);
  const plain = rows.map(({ line, cells }) => ({ line, cells: cells.map(unguarded) }));
  return asTable({ name, format: 'csv', encoding, separator }, plain);
}

/** The separator that makes the most regular table. One whose column names still hold another separator is but a comma in the data. */
function likelySeparator(text: string): string {
  const scores = separators.map((separator) => {
    const rows = parseCsv(text, separator, 50);
    const header = rows[headerIndex(rows)];
    if (!header) return 0;
    const width = header.cells.length;
    const regular = rows.filter(({ cells }) => cells.length === width).length / rows.length;
    return regular * width * (header.cells.some((cell) => /[;\t|]/.test(cell)) ? 0.1 : 1);
  });
  return separators[scores.indexOf(Math.max(...scores))]!;
}

function asTable(about: Omit<Table, 'headers' | 'rows'>, rows: TableRow[]): Outcome<Table> {
  if (rows.length === 0) return refuse(`« ${about.name} » est vide.`);
  const index = headerIndex(rows);
  const header = rows[index];
  if (!header)
    return refuse(
      `« ${about.name} » n’est pas un tableau : une seule colonne y a été trouvée. Enregistrez votre tableau au format XLSX ou CSV.`,
    );
  if (looksLikeData(header)) {
    return refuse(
      `« ${about.name} » commence par des données (ligne ${header.line}). Ajoutez au-dessus une ligne avec le nom de chaque colonne.`,
    );
  }
  const below = rows.slice(index + 1);
  const headers = columnNames(header, below);
  if (headers.length * below.length > mostCells) return refuse(tooWide(about.name));
  for (const { cells } of below) {
    while (cells.length < headers.length) cells.push('');
    while (cells.length > headers.length && cells.at(-1)!.trim() === '') cells.pop();
  }
  return done({ ...about, headers, rows: below });
}

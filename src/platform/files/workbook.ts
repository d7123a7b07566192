import readWorkbookFile, { type CellValue } from 'read-excel-file/node';
import type { TableRow } from '#kernel/table.ts';

/** The rows of the first sheet that holds a table, as text; null when the bytes are no workbook, an empty list when it holds nothing. */
export async function workbookRows(content: Uint8Array): Promise<TableRow[] | null> {
  const sheets = await readWorkbookFile(Buffer.from(content), { trim: false }).catch(() => null);
  if (!sheets) return null;
  for (const { data } of sheets) {
    const rows = data
      .map((cells, index) => ({ line: index + 1, cells: cells.map((cell) => cellText(cell as unknown)) }))
      .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
    if (rows.length > 0) return rows;
  }
  return [];
}

/** Date → JJ/MM/AAAA (a bare time → HH:MM), number → `13.8` in any country, boolean → oui / non. */
export function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'number') return numberText(cell);
  if (typeof cell === 'boolean') return cell ? 'oui' : 'non';
  if (!(cell instanceof Date)) return String(cell);
  const [day, time] = cell.toISOString().split('T') as [string, string];
  // A time without a day is a fraction of the day numbered 0, at the end of 1899.
  return day < '1900-01-02' ? time.slice(0, 5) : day.split('-').reverse().join('/');
}

/** Without exponent, and without the noise beyond the fifteen digits a spreadsheet keeps. */
function numberText(value: number): string {
  return Number(value.toPrecision(15)).toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 15 });
}

export type { CellValue };

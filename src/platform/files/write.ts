import writeWorkbook from 'write-excel-file/node';

/** What a file we write may hold. Numbers are written for French spreadsheets (`13,8`). */
export type Cell = string | number | null;

/**
 * A CSV file that French spreadsheets open at a double click: UTF-8 with its mark, `;`, CRLF.
 * Cells that a spreadsheet would take for a formula are kept harmless by an apostrophe, which `readTable` takes away again.
 */
export function writeCsv(headers: string[], rows: Cell[][]): Uint8Array {
  const lines = [headers, ...rows].map((row) => row.map(csvCell).join(';'));
  return new TextEncoder().encode(`\ufeff${lines.join('\r\n')}\r\n`);
}

/** A workbook of one sheet. Texts are written as texts: nothing in it is computed. Sheet names hold 31 characters at most. */
export async function writeXlsx(sheetName: string, headers: string[], rows: Cell[][]): Promise<Uint8Array> {
  const title = headers.map((value) => ({ value, type: String, fontWeight: 'bold' as const }));
  const cells = rows.map((row) =>
    row.map((cell) => (cell === null || cell === '' ? null : { value: cell, type: typeof cell === 'number' ? Number : String })),
  );
  const widths = headers.map((header, index) =>
    Math.max(header.length, ...rows.slice(0, 200).map((row) => String(row[index] ?? '').length)),
  );
  const sheet = sheetName.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31);
  const columns = widths.map((width) => ({ width: Math.min(width + 2, 60) }));
  return writeWorkbook([title, ...cells] as never, { sheet, columns, stickyRowsCount: 1 }).toBuffer();
}

function csvCell(cell: Cell): string {
  const text = typeof cell === 'number' ? String(cell).replace('.', ',') : guarded(cell ?? '');
  return /[";\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Amounts and telephone numbers start like formulas but compute nothing. */
const harmless = /^[+-][\d\s.,()€%\u00a0\u202f]*$/;
const formula = /^'*[=+\-@\t\r]/;

const guarded = (text: string): string => (formula.test(text) && !harmless.test(text) ? `'${text}` : text);

/** Takes the apostrophe of `writeCsv` away again. */
export const unguarded = (text: string): string =>
  text.startsWith("'") && formula.test(text) && !harmless.test(text) ? text.slice(1) : text;

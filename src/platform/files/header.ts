import type { TableRow } from '#kernel/table.ts';

const filled = (row: TableRow) => row.cells.filter((cell) => cell.trim() !== '').length;

/** Which of the first rows names the columns: the first that is about as full as the others, titles above a table being short. -1: none. */
export function headerIndex(rows: TableRow[]): number {
  const top = rows.slice(0, 30);
  const fullest = Math.max(0, ...top.map(filled));
  return top.findIndex((row) => filled(row) >= Math.max(2, fullest / 2));
}

const whole = /^\d+$/;
const telling = /^(\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d\d-\d\d|[^\s@]+@[^\s@]+\.[a-z]+|[A-Z]{2}\d{2}[ A-Z0-9]{11,40})$/i;
const amount = /^[+-]?\d+[.,]\d+\s*[%€]?$/;

/** Whether a row is a line of data: dates, addresses of mail and amounts are no names of columns. Bare numbers may be (weeks across a grid). */
export function looksLikeData({ cells }: TableRow): boolean {
  const texts = cells.map((cell) => cell.trim());
  if (texts.some((text) => telling.test(text) || amount.test(text))) return true;
  return whole.test(texts[0] ?? '') && texts.filter((text) => whole.test(text)).length > 1;
}

/** Names of columns as the table gives them: trimmed, on one line, all different, without the empty columns at the end. */
export function columnNames(header: TableRow, rows: TableRow[]): string[] {
  const lastFilled = (cells: string[]) => cells.findLastIndex((cell) => cell.trim() !== '') + 1;
  // A column without a name counts when several rows fill it; a lone cell too many is the fault of its line.
  const spare = rows.map(({ cells }) => lastFilled(cells)).sort((a, b) => b - a)[Math.floor(rows.length / 2)] ?? 0;
  const width = Math.max(lastFilled(header.cells), spare);
  const seen = new Map<string, number>();
  return Array.from({ length: width }, (_, index) => {
    const name = (header.cells[index] ?? '').replace(/\s+/g, ' ').trim() || `Colonne ${columnLetters(index)}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}

/** 0 → A, 25 → Z, 26 → AA, as spreadsheets name columns. */
export function columnLetters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : columnLetters(Math.floor(index / 26) - 1) + last;
}

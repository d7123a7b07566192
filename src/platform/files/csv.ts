import type { TableRow } from '#kernel/table.ts';

/**
 * Text → rows, each with the line it starts on. Blank rows are left out.
 *
 * Written here, and not left to a library, for the sake of one fault: a quotation mark never closed must cost one cell, not
 * swallow the rest of the file. A mark that is not closed right before a separator or a line end is therefore plain text.
 */
export function parseCsv(text: string, separator: string, atMost = Number.POSITIVE_INFINITY): TableRow[] {
  const source = text.replace(/\r\n?/g, '\n');
  const rows: TableRow[] = [];
  let [position, line] = [0, 1];
  while (position < source.length && rows.length < atMost) {
    const row: TableRow = { line, cells: [] };
    for (let more = true; more; position += 1) {
      const quoted = source[position] === '"' ? quotedCell(source, position, separator) : null;
      const end = quoted?.end ?? plainEnd(source, position, separator);
      row.cells.push(quoted?.cell ?? source.slice(position, end));
      line += quoted ? quoted.cell.split('\n').length - 1 : 0;
      position = end;
      more = source[position] === separator;
    }
    line += 1;
    if (row.cells.some((cell) => cell.trim() !== '')) rows.push(row);
  }
  return rows;
}

function plainEnd(source: string, start: number, separator: string): number {
  let end = start;
  while (end < source.length && source[end] !== separator && source[end] !== '\n') end += 1;
  return end;
}

/** The cell whose opening mark is at `start`, or null when it is not properly closed. */
function quotedCell(source: string, start: number, separator: string): { cell: string; end: number } | null {
  for (let from = start + 1; ; ) {
    const mark = source.indexOf('"', from);
    if (mark < 0) return null;
    const next = source[mark + 1];
    if (next === undefined || next === separator || next === '\n') {
      return { cell: source.slice(start + 1, mark).replaceAll('""', '"'), end: mark + 1 };
    }
    if (next !== '"') return null;
    from = mark + 2;
  }
}

/** A table as a file holds it: text only, nothing interpreted, nothing trimmed (a mandate reference is kept byte for byte). */
export type Table = {
  /** The file's own name, for messages. */
  name: string;
  format: 'csv' | 'xlsx';
  /** « utf-8 », « windows-1252 », « macintosh », « cp850 », « utf-16le », « utf-16be ». */
  encoding: string;
  /** The sign between two cells; empty for a workbook. */
  separator: string;
  /** One name per column, all different: a name found twice becomes « Nom (2) », an unnamed column « Colonne C ». */
  headers: string[];
  /** Rows that hold something. A row has at least one cell per header, and more when the file has some to spare. */
  rows: TableRow[];
};

/** `line`: where the row starts in the file, 1 being its very first line (normally the header). */
export type TableRow = { line: number; cells: string[] };

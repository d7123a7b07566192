import type { RequestEvent } from '@sveltejs/kit';
import { writeCsv, writeXlsx } from '#platform/files/table.ts';

export type ExportCell = string | number | null;

const types = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/**
 * Answers a table as a file: XLSX when the address says `?format=xlsx`, CSV otherwise.
 * @param name the file's name without its ending, in French (« clients-2025-10-22 »).
 */
export async function exportTable(
  event: Pick<RequestEvent, 'url'>,
  name: string,
  headers: string[],
  rows: ExportCell[][],
): Promise<Response> {
  const format = event.url.searchParams.get('format') === 'xlsx' ? 'xlsx' : 'csv';
  const body = format === 'xlsx' ? await writeXlsx(name, headers, rows) : writeCsv(headers, rows);
  return new Response(body as BodyInit, { headers: fileHeaders(`${name}.${format}`, types[format]) });
}

/** Headers of a file to keep (`attachment`) or to look at (`inline`), its name with accents for those who read them. */
export function fileHeaders(name: string, type: string, disposition: 'attachment' | 'inline' = 'attachment'): Record<string, string> {
  const plain = name
    .normalize('NFD')
    .replace(/[^\w. -]/g, '')
    .replace(/ +/g, '-');
  return {
    'content-type': type,
    'content-disposition': `${disposition}; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
    'cache-control': 'no-store',
  };
}

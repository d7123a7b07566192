import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import type { Table } from '#kernel/table.ts';
import { readTable, writeCsv, writeXlsx } from '#platform/files/table.ts';
import type { FileRead } from './rules/model.ts';
import { readFile } from './rules/read.ts';
import { recognise } from './rules/recognise.ts';
import { crossCheck, nothingKnown } from './rules/references.ts';
import { rejectsFile } from './rules/rejects.ts';

const folder = join(import.meta.dirname, '../../../../shared/data/jardin-pilote');
const present = existsSync(folder);
if (!present) console.warn(`The pilot garden's files are not there (${folder}): their tests are skipped.`);

type Given = { name: string; content: Uint8Array };
const given = (): Given[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.csv'))
    .map((name) => ({ name, content: readFileSync(join(folder, name)) }));

async function readTables(files: Given[]): Promise<Table[]> {
  const tables: Table[] = [];
  for (const { name, content } of files) {
    const read = await readTable(name, content);
    if (!read.ok) throw new Error(read.reason);
    tables.push(read.value);
  }
  return tables;
}

function readAll(tables: Table[]): FileRead[] {
  const reads = tables.flatMap((table) => {
    const found = recognise(table.headers, table.name)!;
    return found.kind === 'composition' ? [] : [readFile(found.kind, table, found.mapping, { year: 2025 })];
  });
  return crossCheck(reads, nothingKnown());
}

const linesOf = (reads: FileRead[], file: string) => reads.find((read) => read.file === file)!.rejected.map(({ line }) => line);

describe.skipIf(!present)("the pilot garden's files", () => {
  test('every line is accepted but the faulty ones, each with its reason', async () => {
    const reads = readAll(await readTables(given()));
    expect(Object.fromEntries(reads.map(({ kind, lines }) => [kind, lines.length]))).toEqual({
      tours: 5,
      depots: 39,
      products: 5,
      calendar: 7,
      customers: 944,
      subscriptions: 1068,
      requests: 424,
    });
    expect(linesOf(reads, 'adherents.csv')).toEqual([122, 279, 285, 354, 538, 670, 706, 931]);
    expect(linesOf(reads, 'abonnements.csv')).toEqual([282, 468, 508, 622, 1005, 1043]);
    expect(reads.flatMap(({ rejected }) => rejected)).toHaveLength(14);
    const words = [
      /Nom : /,
      /31\/02\/2025/,
      /IBAN/,
      /pas d adresse/,
      /cinq euros/,
      /8815/,
      /1021 .* ligne 22/,
      /1022 .* ligne 23.*Nicolas/,
    ];
    const reasons = reads.find(({ kind }) => kind === 'customers')!.rejected.map(({ reason }) => reason);
    for (const [index, word] of words.entries()) expect(reasons[index]).toMatch(word);
  });

  test('mandates, dates of signature and balances are exactly those of the file', async () => {
    const file = given().find(({ name }) => name === 'adherents.csv')!;
    const [header, ...source] = iconv
      .decode(Buffer.from(file.content), 'windows-1252')
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(';'));
    const at = (name: string) => header!.indexOf(name);
    const customers = readAll(await readTables(given())).find((read) => read.kind === 'customers')!;
    let mandates = 0;
    for (const { line, value } of customers.lines) {
      const cells = source[line - 2]!;
      expect(value.mandate?.reference ?? '').toBe(cells[at('RUM')]);
      expect(value.mandate?.signedOn.split('-').reverse().join('/') ?? '').toBe(cells[at('Mandat signé le')]);
      expect((value.balanceCents / 100).toFixed(2).replace('.', ',')).toBe(cells[at('Solde')]);
      if (value.mandate) mandates += 1;
    }
    expect(mandates).toBe(598);
  });

  test('written otherwise, they give the same values', async () => {
    const tables = await readTables(given());
    const expected = readAll(tables);
    const cells = (table: Table) => table.rows.map((row) => row.cells);
    const text = (table: Table, separator: string) =>
      [table.headers, ...cells(table)]
        .map((row) => row.map((cell) => (cell.includes(separator) ? `"${cell}"` : cell)).join(separator))
        .join('\n');
    const others: Record<string, (table: Table) => Uint8Array | Promise<Uint8Array>> = {
      'UTF-8 with commas': (table) => Buffer.from(text(table, ',')),
      'UTF-16 with tabs': (table) => iconv.encode(text(table, '\t'), 'utf-16le', { addBOM: true }),
      'Macintosh with bars': (table) => iconv.encode(text(table, '|'), 'macintosh'),
      'our own CSV': (table) => writeCsv(table.headers, cells(table)),
      XLSX: (table) => writeXlsx('Feuille', table.headers, cells(table)),
    };
    for (const [name, write] of Object.entries(others)) {
      const files = await Promise.all(tables.map(async (table) => ({ name: table.name, content: await write(table) })));
      expect(readAll(await readTables(files)), name).toEqual(expected);
    }
  });

  test('numbers of a workbook mean what the same numbers mean in CSV', async () => {
    const tables = await readTables(given());
    // As a spreadsheet saves them: every decimal number is a number, every share a fraction of one.
    const numeric = (cell: string) =>
      /^-?\d+,\d+$/.test(cell)
        ? Number(cell.replace(',', '.'))
        : /^[\d,]+ %$/.test(cell)
          ? Number.parseFloat(cell.replace(',', '.')) / 100
          : cell;
    const files = await Promise.all(
      tables.map(async (table) => ({
        name: table.name,
        content: await writeXlsx(
          'F',
          table.headers,
          table.rows.map((row) => row.cells.map(numeric)),
        ),
      })),
    );
    expect(readAll(await readTables(files))).toEqual(readAll(tables));
  });

  test('the rejected lines come back as they were, and go in once mended', async () => {
    const table = (await readTables(given())).find(({ name }) => name === 'adherents.csv')!;
    const { mapping } = recognise(table.headers, table.name)!;
    const { rejected } = readFile('customers', table, mapping, { year: 2025 });
    const { headers, rows } = rejectsFile(table, rejected);
    const mended = rows.map((row) => row.map((cell) => (cell === '8815' ? '88150' : cell === 'cinq euros' ? '5,00' : cell)));
    const [again] = await readTables([{ name: 'rejets.csv', content: writeCsv(headers, mended) }]);
    expect(again!.rows.map(({ cells }) => cells.slice(0, -2))).toEqual(mended.map((row) => row.slice(0, -2)));
    const found = recognise(again!.headers, again!.name)!;
    expect(found.mapping).toEqual(mapping);
    const numbers = readFile('customers', again!, found.mapping, { year: 2025 }).lines.map(
      ({ value }) => 'number' in value && value.number,
    );
    expect(numbers).toEqual(expect.arrayContaining(['9004', '9005']));
  });
});

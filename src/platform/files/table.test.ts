import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import type { Table } from '#kernel/table.ts';
import { readTable, writeCsv, writeXlsx } from './table.ts';
import { cellText } from './workbook.ts';

async function table(content: Uint8Array | string, name = 'essai.csv'): Promise<Table> {
  const read = await readTable(name, typeof content === 'string' ? new TextEncoder().encode(content) : content);
  if (!read.ok) throw new Error(read.reason);
  return read.value;
}

async function refusal(content: Uint8Array | string, name = 'essai.csv'): Promise<string> {
  const read = await readTable(name, typeof content === 'string' ? Buffer.from(content, 'latin1') : content);
  if (read.ok) throw new Error('should be refused');
  return read.reason;
}

const headers = ['N°', 'Nom', 'Prénom', 'Adresse', 'Prix TTC'];
const rowsWith = (decimal: string) => [
  ['1001', 'Barré', 'Théo', "3, rue de l'Église", `13${decimal}80`],
  ['1002', 'Lefèvre', 'Noémie', 'place du Marché ; 2e étage', `-5${decimal}00`],
  ['1003', 'Œuvrard', 'François', 'Au « Coq » | tab\there', `1 250${decimal}5`],
  ['1004', 'Dupré', 'Hélène', 'chemin du "Pré"', `0${decimal}05`],
];
// DOS had neither Œ nor curly quotes.
const dos = (cell: string) => cell.replace('Œ', 'Oe').replace('«', '<').replace('»', '>');

const encodings: [name: string, write: (text: string) => Buffer, found: string][] = [
  ['UTF-8', (text) => Buffer.from(text), 'utf-8'],
  ['UTF-8 with its mark', (text) => Buffer.from(`\ufeff${text}`), 'utf-8'],
  ['UTF-16 LE with its mark', (text) => iconv.encode(text, 'utf-16le', { addBOM: true }), 'utf-16le'],
  ['UTF-16 BE with its mark', (text) => iconv.encode(text, 'utf-16be', { addBOM: true }), 'utf-16be'],
  ['UTF-16 LE bare', (text) => iconv.encode(text, 'utf-16le', { addBOM: false }), 'utf-16le'],
  ['UTF-16 BE bare', (text) => iconv.encode(text, 'utf-16be', { addBOM: false }), 'utf-16be'],
  ['Windows-1252', (text) => iconv.encode(text, 'windows-1252'), 'windows-1252'],
  ['Mac Roman', (text) => iconv.encode(text, 'macintosh'), 'macintosh'],
  ['CP850', (text) => iconv.encode(text, 'cp850'), 'cp850'],
];

describe.each(encodings)('%s', (_, encode, found) => {
  describe.each([';', ',', '\t', '|'])('separated by %j', (separator) => {
    test.each([',', '.'])('decimal sign %j', async (decimal) => {
      const rows = rowsWith(decimal).map((row) => (found === 'cp850' ? row.map(dos) : row));
      const quote = (cell: string) => (cell.includes(separator) || cell.includes('"') ? `"${cell.replaceAll('"', '""')}"` : cell);
      const text = [headers, ...rows].map((row) => row.map(quote).join(separator)).join('\r\n');
      const read = await table(encode(text));
      expect({ encoding: read.encoding, separator: read.separator }).toEqual({ encoding: found, separator });
      expect(read.headers).toEqual(headers);
      expect(read.rows).toEqual(rows.map((cells, index) => ({ line: index + 2, cells })));
    });
  });
});

describe('what an encoding is told by', () => {
  test.each([
    ['windows-1252', 'N°;Nom\n1;Martin\n'],
    ['macintosh', 'N°;Nom\n1;Martin\n'],
    ['cp850', 'N°;Nom\n1;Martin\n'],
    ['windows-1252', 'NOM;CIVILITÉ\nHÉRAULT;ÉLU\n'],
    ['macintosh', 'NOM;CIVILITÉ\nHÉRAULT;ÉLU\n'],
    ['windows-1252', 'Nom;Prix\nBarré – Épinal;13,80 €\n'],
    ['cp850', 'Nom;Ville\nà côté;Ménil-Hubert\n'],
  ])('%s, from few accents', async (encoding, text) => {
    const read = await table(iconv.encode(text, encoding));
    expect(read.encoding).toBe(encoding);
    expect([read.headers, ...read.rows.map(({ cells }) => cells)].map((row) => row.join(';')).join('\n')).toBe(text.trim());
  });

  test('one broken character leaves the rest of a UTF-8 file readable', async () => {
    const content = Buffer.concat([
      Buffer.from('Nom;Prénom\nBarré;Théo\nLef'),
      Buffer.from([0xe8]),
      Buffer.from('vre;Noémie\nÉloi;Hélène\n'),
    ]);
    const read = await table(content);
    expect(read.rows.map(({ cells }) => cells)).toEqual([
      ['Barré', 'Théo'],
      ['Lef\ufffdvre', 'Noémie'],
      ['Éloi', 'Hélène'],
    ]);
  });
});

describe('lines', () => {
  test.each([
    ['\r\n', 'Windows'],
    ['\n', 'Unix'],
    ['\r', 'old Macintosh'],
  ])('keep their numbers past blank lines and cells on several lines (%j, %s)', async (end) => {
    const text = ['', ';;', 'N°;Nom;Note', '', '1;A;"deux', 'lignes"', ';;', '2;B;', '   ', '3;C;fin', ''].join(end);
    const read = await table(text);
    expect(read.rows).toEqual([
      { line: 5, cells: ['1', 'A', 'deux\nlignes'] },
      { line: 8, cells: ['2', 'B', ''] },
      { line: 10, cells: ['3', 'C', 'fin'] },
    ]);
  });

  test('a quotation mark never closed costs nothing to the other lines', async () => {
    const read = await table(
      'N°;Nom;Ville\n1;"Chez Paul;Golbey\n2;"Marie ""Lou""";Épinal\n3;"Le Coq" bio;Charmes\n4;12" de haut;Golbey\n5;"fin;Golbey\n',
    );
    expect(read.rows.map(({ cells }) => cells)).toEqual([
      ['1', '"Chez Paul', 'Golbey'],
      ['2', 'Marie "Lou"', 'Épinal'],
      ['3', '"Le Coq" bio', 'Charmes'],
      ['4', '12" de haut', 'Golbey'],
      ['5', '"fin', 'Golbey'],
    ]);
  });

  test('titles above the header are passed over', async () => {
    const read = await table(
      'Jardin de Cocagne, liste 2025;;;\nÉditée par Marie;;;\nN°;Nom;Ville;Prix\n1;A;Golbey;13,80\n2;B;Charmes;9,50\n',
    );
    expect(read.headers).toEqual(['N°', 'Nom', 'Ville', 'Prix']);
    expect(read.rows[0]).toEqual({ line: 4, cells: ['1', 'A', 'Golbey', '13,80'] });
  });

  test("Excel's own hint names the separator and keeps its line", async () => {
    const read = await table('sep=|\nN°|Nom;x\n1|A;b\n');
    expect(read).toMatchObject({ separator: '|', headers: ['N°', 'Nom;x'], rows: [{ line: 3, cells: ['1', 'A;b'] }] });
  });

  test('a cell too many stays, for its line to be told; missing and empty cells at the end do not matter', async () => {
    const read = await table('N°;Nom;Ville;;\n1;A\n2;B;Golbey;;\n3;C;12;rue X\n4;D;Golbey\n');
    expect(read.headers).toEqual(['N°', 'Nom', 'Ville']);
    expect(read.rows.map(({ cells }) => cells)).toEqual([
      ['1', 'A', ''],
      ['2', 'B', 'Golbey'],
      ['3', 'C', '12', 'rue X'],
      ['4', 'D', 'Golbey'],
    ]);
  });

  test('names of columns are all different, and on one line', async () => {
    const read = await table('"Adhésion\ndu";au;;Mandat du;au\na;b;c;d;e\na;b;c;d;e\n');
    expect(read.headers).toEqual(['Adhésion du', 'au', 'Colonne C', 'Mandat du', 'au (2)']);
  });

  test('spaces and line ends within cells are kept as they are', async () => {
    const read = await table('RUM;Nom\n" ++A b ";x \n');
    expect(read.rows[0]!.cells).toEqual([' ++A b ', 'x ']);
  });
});

describe('refusals say what to do', () => {
  test.each<[string, Uint8Array | string, RegExp]>([
    ['empty', '', /est vide/],
    ['blank lines only', '\r\n ; \r\n', /est vide/],
    ['one column', 'Nom\nA\nB\n', /n’est pas un tableau/],
    ['prose', 'Bonjour,\nvoici la liste.\n', /n’est pas un tableau/],
    ['no header', '1001;M.;Barré;88150\n1002;Mme;Lamy;88150\n', /commence par des données \(ligne 1\)/],
    ['no header, amounts', 'Simple;13,80;5,5 %\nFamilial;23,70;5,5 %\n', /commence par des données/],
    ['old Excel', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', /ancien classeur Excel.*XLSX ou CSV/],
    ['PDF', '%PDF-1.7\n', /PDF.*XLSX ou CSV/],
    ['LibreOffice', `PK\x03\x04${'\0'.repeat(26)}mimetypeapplication/vnd.oasis.opendocument.spreadsheet`, /LibreOffice.*XLSX ou CSV/],
    ['Access', '\0\x01\0\0Standard Jet DB\0', /Access.*Exportez/],
    ['an image', '\x89PNG\r\n', /image/],
    ['a web page named .xls', '<html><table><tr><td>1</td></tr></table>', /page web.*XLSX ou CSV/],
    ['a zip that is no workbook', 'PK\x03\x04 and then nothing of the kind', /n’est pas un classeur lisible/],
    ['bytes', 'a;b\0c;d\x01\n', /n’est pas un tableau/],
  ])('%s', async (_, content, expected) => {
    const reason = await refusal(content);
    expect(reason).toMatch(expected);
    expect(reason).toContain('« essai.csv »');
  });
});

describe('workbooks', () => {
  test('the same table in CSV and in XLSX gives the same cells', async () => {
    const rows = rowsWith(',');
    const [csv, xlsx] = [await table(writeCsv(headers, rows)), await table(await writeXlsx('Clients', headers, rows))];
    expect(csv.rows).toEqual(rows.map((cells, index) => ({ line: index + 2, cells })));
    expect(xlsx).toMatchObject({ format: 'xlsx', headers: csv.headers, rows: csv.rows });
  });

  test('numbers, days, times and booleans become text that means the same in any country', async () => {
    expect(cellText(13.8)).toBe('13.8');
    expect(cellText(0.1 + 0.2)).toBe('0.3');
    expect(cellText(-41.4)).toBe('-41.4');
    expect(cellText(1_234_567)).toBe('1234567');
    expect(cellText(0.000001)).toBe('0.000001');
    expect(cellText(new Date(Date.UTC(2025, 9, 22)))).toBe('22/10/2025');
    expect(cellText(new Date(Date.UTC(1899, 11, 30, 8, 20)))).toBe('08:20');
    expect([cellText(true), cellText(false), cellText(null)]).toEqual(['oui', 'non', '']);
  });

  test('real numbers and days of a sheet are read, blank rows keep their place', async () => {
    const { default: write } = await import('write-excel-file/node');
    const sheets = [
      { data: [], sheet: 'Vide' },
      {
        sheet: 'Données',
        data: [
          [],
          [{ value: 'N°' }, { value: 'Prix' }, { value: 'Le' }],
          [
            { value: 7, type: Number },
            { value: 13.8, type: Number },
            { value: new Date(Date.UTC(2025, 1, 3)), type: Date, format: 'dd/mm/yyyy' },
          ],
          [],
          [{ value: 8, type: Number }, { value: -0.5, type: Number }, null],
        ],
      },
    ];
    const read = await table(new Uint8Array(await write(sheets as never).toBuffer()), 'essai.xlsx');
    expect(read.headers).toEqual(['N°', 'Prix', 'Le']);
    expect(read.rows).toEqual([
      { line: 3, cells: ['7', '13.8', '03/02/2025'] },
      { line: 5, cells: ['8', '-0.5', ''] },
    ]);
  });
});

describe('writing', () => {
  test('UTF-8 with its mark, semicolons, CRLF, decimal comma', () => {
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(
      writeCsv(
        ['Nom', 'Prix'],
        [
          ['Éloi "le; grand"', 13.8],
          [null, -2],
        ],
      ),
    );
    expect(text).toBe('\ufeffNom;Prix\r\n"Éloi ""le; grand""";13,8\r\n;-2\r\n');
  });

  test('formulas are made harmless, amounts and telephones left alone, and all comes back as it was', async () => {
    const cells = ['=1+1', '+SUM(A1)', '@x', '-2+3', "'=1", "'quoted'", '-13,80', '+33 6 40 97 25 46', '\tx', ' =x'];
    const names = cells.map((_, index) => `C${index}`);
    const content = writeCsv(names, [cells]);
    const line = new TextDecoder().decode(content).split('\r\n')[1];
    expect(line).toBe(`'=1+1;'+SUM(A1);'@x;'-2+3;''=1;'quoted';-13,80;+33 6 40 97 25 46;'\tx;" =x"`);
    expect((await table(content)).rows[0]!.cells).toEqual(cells);
  });
});

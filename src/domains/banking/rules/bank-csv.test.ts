import { describe, expect, test } from 'vitest';
import { readTable } from '#platform/files/table.ts';
import { readBankTable, recogniseBank } from './bank-csv.ts';

const account = 'FR7630006000011234567890189';

async function read(text: string, encoding: BufferEncoding = 'utf8') {
  const table = await readTable('releve.csv', Buffer.from(text, encoding));
  if (!table.ok) throw new Error(table.reason);
  const lines = readBankTable(table.value, account);
  if (!lines.ok) throw new Error(lines.reason);
  return lines.value;
}

test('two columns of amounts, lines above the headings, Windows accents, a balance below', async () => {
  const text =
    'Relevé du compte;;;;\r\n\r\nDate;Date de valeur;Libellé;Débit euros;Crédit euros\r\n04/11/2025;05/11/2025;VIR LÉA MARTIN F2025-00012;;1 041,40\r\n05/11/2025;05/11/2025;"FRAIS DE TENUE; NOV";2,50;\r\n;;Solde au 05/11/2025;;12 000,00\r\n';
  const { lines, rejected } = await read(text, 'latin1');
  expect(rejected).toEqual([]);
  expect(lines).toMatchObject([
    { day: '2025-11-04', valueDay: '2025-11-05', amount: 104_140, label: 'VIR LÉA MARTIN F2025-00012', returnReason: '' },
    { amount: -250, label: 'FRAIS DE TENUE; NOV' },
  ]);
});

test('one signed column, several labels, a currency', async () => {
  const text =
    'date_comptabilisation;libelle_complet_operation;montant_operation;devise\n05/11/2025;PRLV IMPAYE BLANC ZOE PROVISION INSUFFISANTE;-41,40;EUR\n06/11/2025;VIR;12.5;EUR\n07/11/2025;ACHAT;-3,00;CHF\n08/11/2025;X;abc;EUR\n';
  const { lines, rejected } = await read(text);
  expect(lines).toMatchObject([{ amount: -4140, returnReason: 'AM04' }, { amount: 1250 }]);
  expect(rejected).toMatchObject([{ line: 4 }, { line: 5 }]);
  expect(rejected[0]!.reason).toContain('CHF');
});

test('debits are paid whatever their sign', async () => {
  const { lines } = await read('Date,Libellé,Débit,Crédit\n05/11/2025,A,"-2,50","0,00"\n05/11/2025,B,"2,50",\n');
  expect(lines.map(({ amount }) => amount)).toEqual([-250, -250]);
});

test('the same line in two files has one key; said twice in a file, it is two', async () => {
  const row = '05/11/2025;CAFE;-1,50\n';
  const once = await read(`Date;Libellé;Montant\n${row}`);
  const twice = await read(`Date;Libellé;Montant\n04/11/2025;AUTRE;-1,00\n${row}${row}`);
  const keys = twice.lines.map(({ key }) => key);
  expect(new Set(keys).size).toBe(3);
  expect(keys).toContain(once.lines[0]!.key);
});

describe('headings', () => {
  test.each([
    [['Date', 'Libellé', 'Montant(EUROS)']],
    [
      [
        'Date de comptabilisation',
        'Libelle simplifie',
        'Libelle operation',
        'Reference',
        'Debit',
        'Credit',
        'Date operation',
        'Date de valeur',
      ],
    ],
    [['dateOp', 'dateVal', 'label', 'amount']],
    [['Date opération', 'Date valeur', 'Libellé', 'Montant de l’opération en EUR']],
  ])('%s', (headers) => expect(recogniseBank(headers)).not.toBeNull());

  test('the day of the account rather than that of the operation', () => {
    expect(recogniseBank(['Date operation', 'Date de comptabilisation', 'Libellé', 'Montant'])?.day).toBe(1);
  });

  test('without an amount, it says what it found', async () => {
    const table = await readTable('clients.csv', Buffer.from('Nom;Date\nMartin;05/11/2025\n'));
    const read = table.ok ? readBankTable(table.value, account) : table;
    expect(!read.ok && read.reason).toContain('Trouvé : Nom, Date');
  });
});

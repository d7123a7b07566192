import { array, assert as check, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CamtEntry, type CamtFile, writeCamt } from '#demo/camt.ts';
import { readXml } from '../server/bank-xml.ts';
import { readCamt } from './camt.ts';
import type { BankLine } from './statement.ts';

const iban = 'FR7630006000011234567890189';
const bytes = (text: string) => new TextEncoder().encode(text);
const file = (entries: CamtEntry[], more: Partial<CamtFile> = {}): string =>
  writeCamt({ kind: 'camt.053', version: 2, id: 'R1', day: '2025-11-05', iban, entries, ...more });

function read(text: string) {
  const root = readXml('releve.xml', bytes(text));
  if (!root.ok) throw new Error(root.reason);
  const camt = readCamt(root.value);
  if (!camt.ok) throw new Error(camt.reason);
  return camt.value;
}
const linesOf = (text: string): BankLine[] => read(text).statements.flatMap(({ lines }) => lines);
const refusal = (text: string): string => {
  const root = readXml('releve.xml', bytes(text));
  const camt = root.ok ? readCamt(root.value) : root;
  return camt.ok ? '' : camt.reason;
};

const transfer: CamtEntry = {
  amount: 4140,
  day: '2025-11-04',
  reference: 'A-77',
  label: 'VIREMENT RECU',
  details: [
    {
      name: 'MARTIN LÉA & FILS',
      iban: 'FR7610107001011234567890129',
      endToEnd: 'NOTPROVIDED',
      remittance: ['Facture F2025-00012', 'merci'],
    },
  ],
};
const rejects: CamtEntry = {
  amount: -5520,
  day: '2025-11-05',
  reference: 'A-78',
  label: 'REJETS DE PRELEVEMENTS',
  details: [
    {
      amount: -1380,
      endToEnd: 'P-12-1',
      mandate: 'RUM-0001',
      name: 'PETIT Jean',
      iban: 'FR7611306000011234567890103',
      returned: { code: 'AM04' },
    },
    { amount: -4140, endToEnd: 'P-12-2', mandate: 'RUM-0002', name: 'BLANC Zoé', returned: { code: 'MD06', more: 'CONTESTE' } },
  ],
};

describe.each([2, 3, 4, 6, 8, 10, 13])('version %i', (version) => {
  test.each(['camt.053', 'camt.054'] as const)('%s: a transfer with all that is said of it', (kind) => {
    const [line] = linesOf(file([transfer], { version, kind }));
    expect(line).toMatchObject({
      ...{ amount: 4140, day: '2025-11-04', valueDay: '2025-11-04', counterparty: 'MARTIN LÉA & FILS', endToEnd: '', returnReason: '' },
      ...{ counterpartyIban: 'FR7610107001011234567890129', label: 'VIREMENT RECU · Facture F2025-00012 · merci', transactions: 1 },
    });
  });

  test('an entry of two returns is two lines, each of its debtor, with its reason', () => {
    const lines = linesOf(file([rejects], { version }));
    expect(
      lines.map(({ amount, endToEnd, mandateReference, returnReason, counterparty }) => [
        amount,
        endToEnd,
        mandateReference,
        returnReason,
        counterparty,
      ]),
    ).toEqual([
      [-1380, 'P-12-1', 'RUM-0001', 'AM04', 'PETIT Jean'],
      [-4140, 'P-12-2', 'RUM-0002', 'MD06', 'BLANC Zoé'],
    ]);
    expect(new Set(lines.map(({ key }) => key)).size).toBe(2);
  });
});

test('prefixes change nothing', () => {
  const plain = linesOf(file([transfer, rejects], { version: 8 }));
  expect(linesOf(file([transfer, rejects], { version: 8, prefix: 'n0' }))).toEqual(plain);
  expect(plain).toHaveLength(3);
});

test('a batch that we sent stays one line; transfers that were grouped by the bank do not', () => {
  const details = [1, 2, 3].map((place) => ({ amount: 1000 * place, endToEnd: `P-9-${place}` }));
  const own = details.map((one) => ({ ...one, paymentInfoId: 'COC-9-RCUR' }));
  const [batch, ...others] = linesOf(file([{ amount: 6000, day: '2025-11-05', reference: 'B', details: own }]));
  expect(others).toEqual([]);
  expect(batch).toMatchObject({ amount: 6000, transactions: 3, messageId: 'COC-9-RCUR', endToEnd: 'P-9-1' });
  expect(linesOf(file([{ amount: 6000, day: '2025-11-05', reference: 'B', details }]))).toHaveLength(3);
});

test('details that do not add up to their entry do not replace it', () => {
  const details = [
    { amount: 1000, endToEnd: 'a' },
    { amount: 999, endToEnd: 'b' },
  ];
  expect(linesOf(file([{ amount: 2000, day: '2025-11-05', details }]))).toMatchObject([{ amount: 2000, transactions: 2 }]);
});

test('what is announced is left out and told, and a statement that lacks entries says so', () => {
  const text = file([transfer, { ...transfer, status: 'PDNG' }], { version: 8, opening: 10_000 });
  expect(read(text).statements[0]!.lines).toHaveLength(1);
  expect(read(text).statements[0]!.remarks).toEqual(['1 opération annoncée n’est pas encore sur le compte : laissées de côté.']);
  const short = text.replace('<Amt Ccy="EUR">141.40</Amt>', '<Amt Ccy="EUR">150.00</Amt>');
  expect(short).not.toBe(text);
  expect(read(short).statements[0]!.remarks.at(-1)).toContain('il en manque peut-être');
});

test('a camt.054 and the camt.053 of the same day tell the same lines under the same keys', () => {
  const keys = (kind: CamtFile['kind']) => linesOf(file([transfer, rejects], { kind, version: 8 })).map(({ key }) => key);
  expect(keys('camt.054')).toEqual(keys('camt.053'));
});

test('without references, two lines that say the same are two, whatever the file', () => {
  const same: CamtEntry = { amount: -250, day: '2025-11-05', label: 'FRAIS' };
  const keys = linesOf(file([same, same])).map(({ key }) => key);
  expect(new Set(keys).size).toBe(2);
  expect(
    linesOf(file([same, same, same]))
      .map(({ key }) => key)
      .slice(0, 2),
  ).toEqual(keys);
});

describe('refused', () => {
  test('entities, whatever they would do', () => {
    const bomb = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>${file([transfer]).split('\n')[1]}`;
    expect(refusal(bomb)).toContain('DOCTYPE');
  });
  test('a file cut short, nested beyond reason, or too large', () => {
    expect(refusal(file([transfer]).slice(0, -60))).toContain('incomplet');
    expect(refusal(`${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}`)).toContain('incomplet');
    expect(refusal(`<a>${' '.repeat(21 * 1024 * 1024)}</a>`)).toContain('20 Mo');
  });
  test('what is no statement, by its name', () => {
    expect(refusal('<Document><CstmrDrctDbtInitn/></Document>')).toContain('ordre');
    expect(refusal('<Document><BkToCstmrAcctRpt/></Document>')).toContain('camt.052');
    expect(refusal('<html><body/></html>')).toContain('camt.053');
  });
  test('parts of a cent, other currencies', () => {
    expect(refusal(file([transfer]).replace('41.40', '41.405'))).toContain('41.405');
    expect(refusal(file([transfer]).replace('Ccy="EUR"', 'Ccy="CHF"'))).toContain('CHF');
    expect(linesOf(file([transfer]).replaceAll('41.40', '41.40000'))[0]!.amount).toBe(4140);
  });
});

test('old encodings are read as they say they are', () => {
  const latin = Buffer.from(file([transfer]).replace('UTF-8', 'ISO-8859-1'), 'latin1');
  const root = readXml('x', latin);
  const camt = root.ok ? readCamt(root.value) : root;
  expect(camt.ok && camt.value.statements[0]!.lines[0]!.counterparty).toBe('MARTIN LÉA & FILS');
});

test('law: lines add up to entries, to the cent, however they are split; keys are all different', () => {
  const amounts = array(integer({ min: 1, max: 10_000_000 }), { minLength: 1, maxLength: 6 });
  const entry = record({
    sign: constantFrom(1, -1),
    amounts,
    reference: constantFrom(undefined, 'R1', 'R2'),
    back: constantFrom(true, false),
  });
  check(
    property(
      array(entry, { maxLength: 8 }),
      constantFrom(2, 4, 8),
      constantFrom('camt.053' as const, 'camt.054' as const),
      (given, version, kind) => {
        const entries = given.map(
          ({ sign, amounts: parts, reference, back }): CamtEntry => ({
            amount: sign * parts.reduce((sum, one) => sum + one, 0),
            day: '2025-11-05',
            ...(reference && { reference }),
            details: parts.map((one) => ({ amount: sign * one, endToEnd: 'E', ...(back && { returned: { code: 'AM04' } }) })),
          }),
        );
        const lines = linesOf(file(entries, { version, kind }));
        expect(lines.reduce((sum, { amount }) => sum + amount, 0)).toBe(entries.reduce((sum, { amount }) => sum + amount, 0));
        expect(new Set(lines.map(({ key }) => key)).size).toBe(lines.length);
        expect(lines.reduce((sum, { transactions }) => sum + transactions, 0)).toBe(
          given.reduce((sum, one) => sum + one.amounts.length, 0),
        );
      },
    ),
    { numRuns: 60 },
  );
});

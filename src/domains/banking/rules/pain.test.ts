import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { writeTransfers } from './pain001.ts';
import { type Debit, lotsOf, writeDebits } from './pain008.ts';
import { decimal } from './xml.ts';

const schemas = resolve('../shared/conformance/sepa');
const mayValidate = existsSync(schemas) && spawnSync('xmllint', ['--version']).status === 0;
if (!mayValidate) console.warn('Left out: SEPA schemas (../shared/conformance/sepa) or xmllint are not on this machine.');

/** What xmllint says against a schema: nothing when the file is right. */
function faults(xml: string, schema: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'pain-'));
  try {
    writeFileSync(join(folder, 'file.xml'), xml);
    execFileSync('xmllint', ['--noout', '--schema', join(schemas, schema), join(folder, 'file.xml')], { stdio: 'pipe' });
    return '';
  } catch (error) {
    return String((error as { stderr: Buffer }).stderr);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const debit = (more: Partial<Debit> = {}): Debit => ({
  endToEnd: 'PRLV-1-12',
  amount: 5520,
  sequence: 'RCUR',
  scheme: 'CORE',
  mandate: { reference: '++Coc 001-3', signedOn: '2020-07-19', amendment: null },
  debtor: { name: 'Mme Lœtitia Müller & fils', iban: 'FR7630006000011234567890189', bic: 'AGRIFRPP888' },
  remittance: 'Factures F2025-00012 et F2025-00044 « paniers »',
  ...more,
});
const file = (debits: Debit[]) => ({
  messageId: 'COC-1-20251022140500',
  createdAt: '2025-10-22T14:05:00',
  creditor: { name: 'Jardins de l’Étang', iban: 'FR1420041010050500013M02606', bic: 'PSSTFRPPXXX', identifier: 'FR72ZZZ123456' },
  dueOn: '2025-11-05',
  debits,
});
const changed = (amendment: Partial<NonNullable<Debit['mandate']['amendment']>>) => ({
  mandate: { reference: 'RUM-1', signedOn: '2020-07-19', amendment: { reference: null, creditor: null, account: null, ...amendment } },
});
const every = [
  debit(),
  debit({ endToEnd: 'PRLV-1-13', sequence: 'FRST', ...changed({ account: 'SMNDA' }) }),
  debit({ endToEnd: 'PRLV-1-14', ...changed({ account: 'FR7630006000011234567890189' }) }),
  debit({ endToEnd: 'PRLV-1-15', sequence: 'OOFF', ...changed({ reference: 'OLD-RUM', creditor: 'FR46ZZZ005002' }) }),
  debit({ endToEnd: 'PRLV-1-16', scheme: 'B2B', remittance: '', debtor: { name: 'Société <X>', iban: 'DE89370400440532013000', bic: '' } }),
];

test.runIf(mayValidate)('a file of debits of all kinds validates against pain.008.001.08', () => {
  expect(faults(writeDebits(file(every)), 'pain.008.001.08.xsd')).toBe('');
  expect(
    faults(writeDebits(file([debit({ mandate: { ...debit().mandate, reference: 'x'.repeat(36) } })])), 'pain.008.001.08.xsd'),
  ).toContain('maxLength');
});

test.runIf(mayValidate)('a file of refunds validates against pain.001.001.09', () => {
  const { creditor, dueOn, ...head } = file([]);
  const transfers = every.map(({ endToEnd, amount, debtor, remittance }) => ({ endToEnd, amount, creditor: debtor, remittance }));
  expect(faults(writeTransfers({ ...head, debtor: creditor, executeOn: dueOn, transfers }), 'pain.001.001.09.xsd')).toBe('');
});

const read = (xml: string) =>
  new XMLParser({ ignoreAttributes: false, parseTagValue: false, isArray: (name) => ['PmtInf', 'DrctDbtTxInf'].includes(name) }).parse(xml)
    .Document.CstmrDrctDbtInitn;

test('one lot for each scheme and sequence; totals of the lots add up to the total of the file', () => {
  expect(lotsOf(file(every)).map(({ id, scheme, sequence, debits }) => [id, scheme, sequence, debits.length])).toEqual([
    ['COC-1-20251022140500-1', 'CORE', 'FRST', 1],
    ['COC-1-20251022140500-2', 'CORE', 'RCUR', 2],
    ['COC-1-20251022140500-3', 'CORE', 'OOFF', 1],
    ['COC-1-20251022140500-4', 'B2B', 'RCUR', 1],
  ]);
  const written = read(writeDebits(file(every)));
  expect(written.GrpHdr).toMatchObject({ NbOfTxs: '5', CtrlSum: '276.00', InitgPty: { Nm: "Jardins de l'Etang" } });
  expect(written.PmtInf.map((lot: { CtrlSum: string }) => lot.CtrlSum)).toEqual(['55.20', '110.40', '55.20', '55.20']);
});

test('each debit tells its mandate, what changed of it, and names in the signs of banks', () => {
  const written = read(writeDebits(file(every)));
  const [first] = written.PmtInf[0].DrctDbtTxInf;
  const [following, moved] = written.PmtInf[1].DrctDbtTxInf;
  expect(first.DrctDbtTx.MndtRltdInf).toMatchObject({
    AmdmntInd: 'true',
    AmdmntInfDtls: { OrgnlDbtrAcct: { Id: { Othr: { Id: 'SMNDA' } } } },
  });
  expect(moved.DrctDbtTx.MndtRltdInf.AmdmntInfDtls.OrgnlDbtrAcct.Id.IBAN).toBe('FR7630006000011234567890189');
  expect(following.DrctDbtTx.MndtRltdInf).toEqual({ MndtId: '++Coc 001-3', DtOfSgntr: '2020-07-19', AmdmntInd: 'false' });
  expect(following.Dbtr.Nm).toBe('Mme Loetitia Muller + fils');
  expect(following.InstdAmt).toEqual({ '#text': '55.20', '@_Ccy': 'EUR' });
  expect(written.PmtInf[3].DrctDbtTxInf[0].DbtrAgt.FinInstnId).toEqual({ Othr: { Id: 'NOTPROVIDED' } });
});

test('amounts are written to the cent, and add up exactly', () => {
  expect([0, 1, 10, 123456, 99999999999].map(decimal)).toEqual(['0.00', '0.01', '0.10', '1234.56', '999999999.99']);
  expect(() => decimal(0.5)).toThrow();
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 10_000_000 }), { minLength: 1, maxLength: 20 }), (amounts) => {
      const written = read(writeDebits(file(amounts.map((amount, index) => debit({ amount, endToEnd: `E${index}` })))));
      const cents = (text: string) => Number(text.replace('.', ''));
      const sum = written.PmtInf[0].DrctDbtTxInf.reduce(
        (total: number, one: { InstdAmt: { '#text': string } }) => total + cents(one.InstdAmt['#text']),
        0,
      );
      expect(cents(written.GrpHdr.CtrlSum)).toBe(sum);
      expect(sum).toBe(amounts.reduce((total, amount) => total + amount, 0));
    }),
    { numRuns: 30 },
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FecLine, fecColumns, fecName, fecText, fecXml } from './fec.ts';

const line = (more: Partial<FecLine> = {}): FecLine => ({
  journal: 'VE',
  journalName: 'Ventes',
  entry: 'VE1',
  day: '2026-03-31',
  account: '411000',
  accountName: 'Clients',
  customer: '12',
  customerName: 'Martin Claire',
  document: 'F2026-00012',
  documentDay: '2026-03-31',
  label: 'Paniers de mars',
  amount: 123456,
  validatedOn: '2026-04-02',
  ...more,
});

test('eighteen columns, days without signs, decimal comma, debit and credit apart', () => {
  const [head, first, second] = fecText([line(), line({ account: '701000', customer: '', customerName: '', amount: -5 })]).split('\r\n');
  expect(head!.split('\t')).toEqual([...fecColumns]);
  expect(fecColumns).toHaveLength(18);
  expect(first).toBe(
    'VE\tVentes\tVE1\t20260331\t411000\tClients\t12\tMartin Claire\tF2026-00012\t20260331\tPaniers de mars\t1234,56\t0,00\t\t\t20260402\t\t',
  );
  expect(second!.split('\t').slice(11, 13)).toEqual(['0,00', '0,05']);
});

test('whatever people typed, a line has 18 cells and stays one line', () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom('tab' as const, 'bar' as const), (typed, separator) => {
      const text = fecText([line({ label: typed, customerName: `${typed}|\t\r\n` })], separator);
      const rows = text.split('\r\n');
      expect(rows).toHaveLength(3);
      expect(rows[1]!.split(separator === 'tab' ? '\t' : '|')).toHaveLength(18);
    }),
  );
});

test('the XML form holds the same amounts, gathered by journal and entry', () => {
  const xml = fecXml([line({ label: 'Œufs & « pain »' }), line({ account: '701000', customer: '', amount: -123456 })], '2026-12-31');
  expect(xml).toContain('<DateCloture>2026-12-31</DateCloture>');
  expect(xml.match(/<ecriture>/g)).toHaveLength(1);
  expect(xml).toContain('Œufs &amp; « pain »');
  expect(xml).toContain('<Debit>1234.56</Debit>');
  expect(xml).toContain('<Credit>1234.56</Credit>');
});

test('the name of the file', () => {
  expect(fecName('784671695', '2026-12-31', false)).toBe('784671695FEC20261231');
  expect(fecName('784671695', '2026-12-31', true)).toBe('784671695FEC20261231-provisoire');
});

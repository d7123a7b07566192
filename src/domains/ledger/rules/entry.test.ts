import fc from 'fast-check';
import { expect, test } from 'vitest';
import { balanceOf, type EntryLine, gathered, turned, whyNotEntry } from './entry.ts';

const day = '2025-10-31';
const entry = (lines: EntryLine[]) => ({ day, label: 'Paniers d’octobre', document: 'F1', documentDay: day, lines });

const line = fc.record({
  account: fc.constantFrom('411000', '701000', '445710'),
  amount: fc.integer({ min: -100_000, max: 100_000 }).filter((amount) => amount !== 0),
  customer: fc.option(fc.integer({ min: 1, max: 3 })),
});

test('an entry balances: 4 × 13,80 € owed, sold and taxed', () => {
  const owed = 4 * 1380;
  const tax = 288;
  const lines = [
    { account: '411000', amount: owed, customer: 1 },
    { account: '701000', amount: -(owed - tax) },
    { account: '445710', amount: -tax },
  ];
  expect(whyNotEntry(entry(lines))).toBeNull();
  expect(whyNotEntry(entry(lines.slice(0, 2)))).toContain(`not to ${tax} cents`);
  expect(whyNotEntry(entry([]))).toContain('two lines');
  expect(whyNotEntry(entry([{ account: '411000', amount: 0.5 }, ...lines]))).toContain('whole cents');
});

test('an entry and its correction leave nothing', () => {
  fc.assert(fc.property(fc.array(line), (lines) => gathered([...lines, ...turned(lines)]).length === 0));
});

test('putting lines together keeps the balance of each account', () => {
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const of = (all: EntryLine[], account: string) => balanceOf(all.filter((one) => one.account === account));
      for (const account of ['411000', '701000', '445710']) expect(of(gathered(lines), account)).toBe(of(lines, account));
    }),
  );
});

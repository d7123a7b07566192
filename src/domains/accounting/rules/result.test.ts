import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openingBalances, resultLines, resultOf } from './result.ts';

const account = fc.constantFrom('102000', '120000', '129000', '411000', '419100', '512000', '627000', '654000', '701000', '756000');
/** Balances that sum to zero, as those of a ledger do; each account once. */
const ledger = fc
  .uniqueArray(fc.record({ account, amount: fc.integer({ min: -9999, max: 9999 }) }), { selector: (one) => one.account })
  .map((some) => {
    const sum = some.reduce((total, { amount }) => total + amount, 0);
    return [...some, { account: '530000', amount: -sum }];
  });
const sum = (some: readonly { amount: number }[]) => some.reduce((total, { amount }) => total + amount, 0);

test('what is earned beyond charges is a surplus, in 120; what lacks is a deficit, in 129', () => {
  const balances = [
    { account: '701000', amount: -10_000 },
    { account: '627000', amount: 1200 },
    { account: '512000', amount: 8800 },
  ];
  expect(resultOf(balances)).toBe(8800);
  expect(resultLines(balances)).toEqual([
    { account: '701000', amount: 10_000 },
    { account: '627000', amount: -1200 },
    { account: '120000', amount: -8800 },
  ]);
  expect(resultLines([{ account: '627000', amount: 300 }])).toContainEqual({ account: '129000', amount: 300 });
  expect(resultLines([{ account: '512000', amount: 300 }])).toEqual([]);
});

test('the entry balances and leaves every account of management at zero', () => {
  fc.assert(
    fc.property(ledger, (balances) => {
      const lines = resultLines(balances);
      expect(sum(lines)).toBe(0);
      for (const { account: number, amount } of balances.filter((one) => /^[67]/.test(one.account)))
        expect(amount + sum(lines.filter((line) => line.account === number))).toBe(0);
    }),
  );
});

test('a year begins with balances that sum to zero, whatever the year before', () => {
  fc.assert(
    fc.property(ledger, (balances) => {
      const opening = openingBalances(balances, (number, amount) => ({ account: number, amount }));
      expect(sum(opening)).toBe(0);
      expect(opening.every((one) => !/^[67]/.test(one.account) && one.amount !== 0)).toBe(true);
      expect(new Set(opening.map((one) => one.account)).size).toBe(opening.length);
    }),
  );
});

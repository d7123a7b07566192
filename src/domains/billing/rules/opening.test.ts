import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openingTotals, toOpen } from './opening.ts';

const brought = [
  { customer: 1, brought: 1250, opened: 0 },
  { customer: 2, brought: -800, opened: 0 },
  { customer: 3, brought: 0, opened: 0 },
];

test('both meanings of a balance are each other’s mirror', () => {
  expect(toOpen(brought, 'owes')).toEqual([
    { customer: 1, amount: 1250 },
    { customer: 2, amount: -800 },
  ]);
  expect(toOpen(brought, 'in_hand')).toEqual([
    { customer: 1, amount: -1250 },
    { customer: 2, amount: 800 },
  ]);
  expect(openingTotals(toOpen(brought, 'owes').map(({ amount }) => amount))).toEqual({ owes: 1250, owing: 1, inHand: 800, ahead: 1 });
});

test('opening again writes nothing; a late import writes what it changed; the contrary meaning turns everything', () => {
  const sign = fc.constantFrom('owes' as const, 'in_hand' as const);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -99_999, max: 99_999 })), sign, sign, fc.integer(), (balances, first, second, late) => {
      const all = balances.map((cents, customer) => ({ customer, brought: cents, opened: 0 }));
      const write = (state: typeof all, meaning: typeof first) => {
        const written = new Map(toOpen(state, meaning).map((one) => [one.customer, one.amount]));
        return state.map((one) => ({ ...one, opened: one.opened + (written.get(one.customer) ?? 0) }));
      };
      const opened = write(all, first);
      expect(toOpen(opened, first)).toEqual([]);
      const changed = write(
        opened.map((one) => (one.customer === 0 ? { ...one, brought: late } : one)),
        second,
      );
      for (const one of changed) expect(one.opened).toBe((second === 'owes' ? one.brought : -one.brought) || 0);
    }),
  );
});

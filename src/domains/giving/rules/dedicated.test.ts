import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dedicatedEntry, leftOf } from './dedicated.ts';

const cents = fc.integer({ min: 0, max: 1_000_000 });
const fund = fc.record({ campaign: fc.constant(3), title: fc.constant('Serre'), receivedCents: cents, usedCents: cents, keptCents: cents });

test('law: after its entry the books keep what is left, and nothing more is to post', () =>
  fc.assert(
    fc.property(fund, (one) => {
      const entry = dedicatedEntry(one, '2026-12-31', 0);
      const moved = -(entry?.lines.find(({ account }) => account === '196000')?.amount ?? 0);
      expect(one.keptCents + moved).toBe(leftOf(one));
      expect((entry?.lines ?? []).reduce((sum, { amount }) => sum + amount, 0)).toBe(0);
      expect(dedicatedEntry({ ...one, keptCents: one.keptCents + moved }, '2026-12-31', 1)).toBeNull();
    }),
  ));

test('carried over by 689600, taken back by 789600', () => {
  const one = { campaign: 3, title: 'Serre', receivedCents: 10_000, usedCents: 4000, keptCents: 0 };
  expect(dedicatedEntry(one, '2026-12-31', 0)!.lines).toEqual([
    { account: '689600', amount: 6000 },
    { account: '196000', amount: -6000 },
  ]);
  expect(dedicatedEntry({ ...one, usedCents: 10_000, keptCents: 6000 }, '2027-12-31', 1)!.lines).toEqual([
    { account: '789600', amount: -6000 },
    { account: '196000', amount: 6000 },
  ]);
});

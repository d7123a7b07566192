import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toDecimal, toNumber } from '#kernel/exact.ts';
import { leftOver, seasonCost } from './season-cost.ts';

const day = (at: number, baskets: number, each: number, priceCents = 1380) => ({
  ...{ day: `2025-10-${String(at).padStart(2, '0')}`, baskets, vatBasisPoints: 550 },
  ...{ cost: Math.round(each * 10_000_000) * baskets, paidCents: priceCents * baskets },
});

test('two days: each day’s basket, then the season so far', () => {
  const points = seasonCost([day(1, 10, 10), day(3, 0, 0), day(8, 30, 8)], 'with_vat');
  // 10 × 10 = 100; then 100 + 30 × 8 = 340 for 40 baskets: 8,50 € each, paid 40 × 13,80 = 552
  expect(points.map((one) => [one.day, ...[one.cost, one.meanCost, one.totalCost, one.totalPaid].map(toDecimal)])).toEqual([
    ['2025-10-01', '10', '10', '100', '138'],
    ['2025-10-08', '8', '8.5', '340', '552'],
  ]);
  expect(toDecimal(leftOver(points[1]!))).toBe('212');
  expect(toNumber(points[1]!.margin!)).toBeCloseTo(552 / 340 - 1, 12);
});

test('without VAT, what was paid is 13,80 ÷ 1,055', () => {
  expect(toNumber(seasonCost([day(1, 2, 10)], 'without_vat')[0]!.meanPaid)).toBeCloseTo(13.80569 - 0.72512, 4);
});

test('law: what is told at the end does not depend on how the days are cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 0, max: 20 })), { minLength: 1, maxLength: 9 }),
      (all) => {
        const last = seasonCost(
          all.map(([baskets, each], at) => day(at + 1, baskets, each)),
          'with_vat',
        ).at(-1)!;
        const baskets = all.reduce((sum, [count]) => sum + count, 0);
        const cost = all.reduce((sum, [count, each]) => sum + count * each * 10_000_000, 0);
        const once = seasonCost([{ day: '2025-10-01', baskets, cost, paidCents: baskets * 1380, vatBasisPoints: 550 }], 'with_vat')[0]!;
        expect([last.totalCost, last.meanCost, last.totalPaid]).toEqual([once.totalCost, once.meanCost, once.totalPaid]);
      },
    ),
  );
});

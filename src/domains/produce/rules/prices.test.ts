import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '#kernel/day.ts';
import { curveOf } from './curve.ts';
import { priceOn, tellPrices } from './prices.ts';
import { gramsOf } from './weight.ts';

const prices = [
  { startsOn: '2026-05-04', unitPrice: 35_000 },
  { startsOn: '2026-03-02', unitPrice: 28_000 },
  { startsOn: '2026-10-05', unitPrice: null },
];

test('the price of a day is the latest that has begun, whatever the order', () => {
  expect(priceOn(prices, '2026-03-01')).toBeNull();
  expect(priceOn(prices, '2026-03-02')).toBe(28_000);
  expect(priceOn(prices, '2026-05-03')).toBe(28_000);
  expect(priceOn(prices, '2026-05-04')).toBe(35_000);
  expect(priceOn(prices, '2026-10-05')).toBeNull();
});

test('prices are told with their last day and their change, latest first', () => {
  // 3,50 after 2,80: 0,70 / 2,80 = 25 %.
  expect(tellPrices(prices, (day) => addDays(day, -1))).toEqual([
    { startsOn: '2026-10-05', unitPrice: null, endsOn: null, changePoints: null },
    { startsOn: '2026-05-04', unitPrice: 35_000, endsOn: '2026-10-04', changePoints: 2500 },
    { startsOn: '2026-03-02', unitPrice: 28_000, endsOn: '2026-05-03', changePoints: null },
  ]);
});

test('the curve is a staircase from the first price to today, with a hole where there is none', () => {
  const curve = curveOf(prices, '2026-11-01')!;
  // One stroke: along 2,80, up to 3,50, along; nothing after 5 October.
  expect(curve.line).toMatch(/^M60 [\d.]+H[\d.]+V[\d.]+H[\d.]+$/);
  expect(curve.dots.map(({ unitPrice }) => unitPrice)).toEqual([28_000, 35_000]);
  // The highest is 3,50; steps of 1 € are the first round ones that make four at most.
  expect(curve.ticks.map(({ unitPrice }) => unitPrice)).toEqual([0, 10_000, 20_000, 30_000, 40_000]);
  expect(curveOf([{ startsOn: '2026-01-01', unitPrice: null }], '2026-11-01')).toBeNull();
});

test('the curve stays in its frame', () => {
  const price = fc.record({
    startsOn: fc.integer({ min: 0, max: 2000 }).map((days) => addDays('2022-01-01', days)),
    unitPrice: fc.option(fc.integer({ min: 0, max: 9_999_999_999 })),
  });
  const dated = fc.uniqueArray(price, { selector: ({ startsOn }) => startsOn, minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(dated, (list) => {
      const curve = curveOf(list, '2026-06-01');
      if (!curve) return list.every(({ unitPrice }) => unitPrice === null);
      const inside = (value: number, most: number) => Number.isFinite(value) && value >= 0 && value <= most;
      const path = [...curve.line.matchAll(/[-\d.e]+/g)].map(([number]) => Number(number));
      return (
        path.every((value) => inside(value, curve.width)) &&
        curve.dots.every(({ x, y }) => inside(x, curve.width) && inside(y, curve.height)) &&
        curve.ticks.every(({ y }) => inside(y, curve.height)) &&
        curve.ticks.length <= 6 &&
        curve.marks.length <= 7 &&
        inside(curve.todayX, curve.width)
      );
    }),
  );
});

test('what a quantity weighs', () => {
  expect(gramsOf(500, { unit: 'kg', pieceGrams: 100 })).toBe(500);
  // Two heads of 350 g, half of one of 125 g.
  expect(gramsOf(2000, { unit: 'piece', pieceGrams: 350 })).toBe(700);
  expect(gramsOf(500, { unit: 'piece', pieceGrams: 125 })).toBe(62.5);
  expect(gramsOf(1000, { unit: 'bunch', pieceGrams: null })).toBeNull();
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exact, plus, sign, times, toDecimal, toNumber, zero } from '#kernel/exact.ts';
import { parseQuantity, parseUnitPrice, type Unit } from '#kernel/quantity.ts';
import { type CountedLine, departurePrice, figuresOf, lineCost, type Terms } from './margin.ts';
import { sayBudgetGap, sayEuros, sayGap, sayMargin, sayWeight } from './say-figures.ts';

/** Spaces as people type them. */
const plain = (text: string | null) => text?.replace(/[\u00a0\u202f]/g, ' ') ?? null;

const line = (quantity: string, unit: Unit, unitPrice: string, pieceGrams: number | null = null): CountedLine => ({
  quantity: parseQuantity(quantity)!,
  unit,
  unitPrice: parseUnitPrice(unitPrice),
  pieceGrams,
});

/** 0,755 + 1,95 + 2,00 + 1,17 + 1,59 + 0,88 + 1,15 + 1,04 = 10,535 */
const pilot = [
  line('0,5', 'kg', '1,51'),
  line('1', 'kg', '1,95'),
  line('1', 'piece', '2,00', 900),
  line('1', 'piece', '1,17', 400),
  line('0,5', 'kg', '3,18'),
  line('0,4', 'kg', '2,20'),
  line('1', 'piece', '1,15'),
  line('0,4', 'kg', '2,60'),
];
const simple: Terms = {
  ...{ priceCents: 1380, vatBasisPoints: 550, wishedMarginBasisPoints: 4000, targetDepartureCents: 986 },
  marginBase: 'with_vat',
};

test('the pilot’s simple basket of Wednesday 22/10/2025, exactly and as it is shown', () => {
  const figures = figuresOf(pilot, simple, 345);
  expect(toDecimal(figures.departure)).toBe('10.535');
  expect(toDecimal(figures.withMargin!)).toBe('14.749'); // 10,535 × 1,40
  expect(toDecimal(figures.gap!)).toBe('-0.949'); // 13,80 − 14,749
  expect(toDecimal(figures.budgetGap!)).toBe('-327.405'); // −0,949 × 345
  expect(toNumber(figures.realMargin!)).toBeCloseTo(0.309919, 6); // 13,80 ÷ 10,535 − 1
  expect([
    ...[sayEuros(figures.departure), sayEuros(figures.withMargin!), sayGap(figures.gap!)].map(plain),
    ...[sayMargin(figures.realMargin!), sayBudgetGap(figures.budgetGap!)].map(plain),
  ]).toEqual(['10,53 €', '14,75 €', '−0,95 €', '31 %', '−327 €']);
});

test('its weight: kilos as they are, pieces by what one weighs; what is not known is told', () => {
  const { grams, unweighed, unpriced } = figuresOf(pilot, simple, 345);
  // 500 + 1000 + 900 + 400 + 500 + 400 + 400 = 4100 g, the lettuce not weighed
  expect([toDecimal(grams), plain(sayWeight(grams)), unweighed, unpriced]).toEqual(['4100', '4,10 kg', 1, 0]);
});

test('without VAT, the price and its gap are counted on what is left of 13,80 €', () => {
  const figures = figuresOf(pilot, { ...simple, marginBase: 'without_vat' }, 1);
  expect(plain(sayEuros(figures.price))).toBe('13,08 €'); // 13,80 ÷ 1,055
  expect(plain(sayGap(figures.gap!))).toBe('−1,67 €'); // 13,0806 − 14,749
  expect(plain(sayMargin(figures.realMargin!))).toBe('24 %'); // 13,0806 ÷ 10,535 − 1
});

test('without a wished margin the gap is to the departure price aimed at, or nothing', () => {
  const figures = figuresOf(pilot, { ...simple, wishedMarginBasisPoints: null }, 10);
  expect([figures.withMargin, toDecimal(figures.gap!), toDecimal(figures.budgetGap!)]).toEqual([null, '-0.675', '-6.75']); // 9,86 − 10,535
  const none = figuresOf(pilot, { ...simple, wishedMarginBasisPoints: null, targetDepartureCents: null }, 10);
  expect([none.gap, none.budgetGap]).toEqual([null, null]);
});

test('an empty basket has no margin; what has no price costs nothing and is told', () => {
  expect(figuresOf([], simple, 3)).toMatchObject({ departure: zero, realMargin: null, unpriced: 0 });
  expect(figuresOf([{ ...pilot[0]!, unitPrice: null }], simple, 3)).toMatchObject({ departure: zero, realMargin: null, unpriced: 1 });
});

const anyLine = fc.record({
  quantity: fc.integer({ min: 1, max: 2_000_000 }),
  unit: fc.constantFrom<Unit>('kg', 'piece', 'bunch', 'box'),
  unitPrice: fc.integer({ min: 0, max: 10_000_000 }),
  pieceGrams: fc.option(fc.integer({ min: 1, max: 5000 })),
});
const lines = fc.array(anyLine, { maxLength: 25 });

test('law: adding a line adds its cost, whatever the order', () => {
  fc.assert(
    fc.property(lines, anyLine, (some, more) => {
      const sum = plus(departurePrice(some), lineCost(more));
      expect(departurePrice([...some, more])).toEqual(sum);
      expect(departurePrice([more, ...some.toReversed()])).toEqual(sum);
    }),
  );
});

test('law: the figures of two baskets poured together are the sums of theirs', () => {
  fc.assert(
    fc.property(lines, lines, (some, others) => {
      const [a, b, both] = [some, others, [...some, ...others]].map((each) => figuresOf(each, simple, 7));
      expect(both!.departure).toEqual(plus(a!.departure, b!.departure));
      expect(both!.grams).toEqual(plus(a!.grams, b!.grams));
      expect(both!.withMargin).toEqual(plus(a!.withMargin!, b!.withMargin!));
    }),
  );
});

test('law: twice the baskets, twice the gap; no gap is just the wished margin', () => {
  fc.assert(
    fc.property(lines, fc.nat(2000), (some, baskets) => {
      const figures = figuresOf(some, simple, baskets);
      expect(figuresOf(some, simple, 2 * baskets).budgetGap).toEqual(times(exact(2), figures.budgetGap!));
      if (figures.realMargin) expect(sign(figures.gap!)).toBe(sign(plus(figures.realMargin, exact(-4, 10))));
    }),
  );
});

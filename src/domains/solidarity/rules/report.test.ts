import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fewest } from './evidence.ts';
import { afterOf, chosen, figuresBy, figuresOf, groupsToTell, type HelpedBasket, monthOf, paidBy, partOf } from './report.ts';

const basket = (more: Partial<HelpedBasket> = {}): HelpedBasket => ({
  ...{ path: 1, customer: 1, programme: 1, place: 'Metz', depot: 3, day: '2026-10-07', product: 1, cents: 1380, grams: 4200, unweighed: 0 },
  payers: [
    { funder: null, cents: 250 },
    { funder: 8, cents: 1130 },
  ],
  ...more,
});

test('baskets are counted, weighed as far as it is known, and people once', () => {
  const all = [basket(), basket({ day: '2026-10-14', unweighed: 2 }), basket({ customer: 2, grams: null })];
  // 4,2 kg twice; the third was not composed.
  expect(figuresOf(all)).toEqual({ people: 2, baskets: 3, cents: 4140, grams: 8400, weighed: 1, partly: 1, unknown: 1 });
  expect(paidBy(all)).toEqual([
    { funder: 8, cents: 3390 },
    { funder: null, cents: 750 },
  ]);
  expect(figuresOf([])).toMatchObject({ people: 0, baskets: 0, grams: 0 });
});

test('a payer chooses the baskets that it pays a part of; no depot is a choice too', () => {
  const all = [basket(), basket({ depot: null, payers: [{ funder: null, cents: 1380 }] })];
  expect(chosen(all, { funder: 8 })).toHaveLength(1);
  expect(chosen(all, { funder: null })).toHaveLength(2);
  expect(chosen(all, { depot: 0 })).toHaveLength(1);
  expect(chosen(all, { month: '2026-10', place: 'Metz', programme: 1 })).toHaveLength(2);
  expect(chosen(all, { month: '2026-11' })).toEqual([]);
});

test('stays: what came after, and how long they lasted', () => {
  const stay = { id: 1, customer: 1, programme: 1, place: '', startsOn: '2026-01-01', endsOn: '2026-06-30' };
  expect(
    afterOf([
      { ...stay, after: 'renewed', days: 181 },
      { ...stay, after: 'ended', days: 90 },
    ]),
  ).toEqual({ renewed: 1, ordinary: 0, ended: 1, days: 136 });
  expect(afterOf([])).toEqual({ renewed: 0, ordinary: 0, ended: 0, days: null });
});

const anyBasket = fc.record({
  ...{ path: fc.constant(1), customer: fc.integer({ min: 1, max: 4 }), programme: fc.integer({ min: 1, max: 3 }), product: fc.constant(1) },
  ...{
    place: fc.constantFrom('', 'Metz', 'Woippy'),
    depot: fc.constantFrom(null, 1, 2),
    day: fc.constantFrom('2026-09-30', '2026-10-07', '2026-11-04'),
  },
  ...{ cents: fc.constant(1380), grams: fc.option(fc.integer({ min: 0, max: 9000 })), unweighed: fc.integer({ min: 0, max: 2 }) },
  payers: fc.integer({ min: 0, max: 414 }).map((own) => [
    { funder: null, cents: own },
    { funder: 8, cents: 1380 - own },
  ]),
});

test('every figure is what the rows behind it say, whichever way baskets are cut', () => {
  fc.assert(
    fc.property(fc.array(anyBasket), (all) => {
      const whole = figuresOf(all);
      for (const [keyOf, choose] of [
        [(one: HelpedBasket): string | number => monthOf(one.day), (key: string | number) => ({ month: String(key) })],
        [(one: HelpedBasket): string | number => one.place, (key: string | number) => ({ place: String(key) })],
        [(one: HelpedBasket): string | number => one.depot ?? 0, (key: string | number) => ({ depot: Number(key) })],
        [(one: HelpedBasket): string | number => one.programme, (key: string | number) => ({ programme: Number(key) })],
      ] as const) {
        const groups = figuresBy(all, keyOf);
        for (const { key, ...figures } of groups) expect(figures).toEqual(figuresOf(chosen(all, choose(key))));
        expect(groups.reduce((sum, { baskets }) => sum + baskets, 0)).toBe(whole.baskets);
        expect(groups.reduce((sum, { grams }) => sum + grams, 0)).toBe(whole.grams);
      }
      for (const { funder, cents } of paidBy(all))
        expect(chosen(all, { funder }).reduce((sum, one) => sum + partOf(one, funder), 0)).toBe(cents);
      expect(paidBy(all).reduce((sum, { cents }) => sum + cents, 0)).toBe(whole.cents);
      expect(whole.weighed + whole.partly + whole.unknown).toBe(whole.baskets);
    }),
  );
});

test('groups of fewer than five people leave together, with the smallest of the others', () => {
  const of = (place: string, people: number, from = 0) => Array.from({ length: people }, (_, at) => basket({ place, customer: from + at }));
  const told = (all: HelpedBasket[]) => groupsToTell(all, ({ place }) => place).map(({ key, baskets }) => [key, baskets.length]);
  expect(told([...of('Metz', 8), ...of('Woippy', 6, 20), ...of('Ars', 2, 40)])).toEqual([
    ['Metz', 8],
    [null, 8],
  ]);
  expect(told([...of('Metz', 8), ...of('Ars', 3, 40), ...of('Marly', 2, 50)])).toEqual([
    ['Metz', 8],
    [null, 5],
  ]);
  // Three people at two places are three.
  expect(told([...of('Ars', 3), ...of('Marly', 3)])).toEqual([]);
});

test('law: what leaves tells no group under five, and adds up to all the baskets', () => {
  const one = fc.record({ customer: fc.integer({ min: 1, max: 12 }), place: fc.constantFrom('a', 'b', 'c', 'd') });
  fc.assert(
    fc.property(fc.array(one, { maxLength: 40 }), (given) => {
      const all = given.map(basket);
      const told = groupsToTell(all, ({ place }) => place);
      for (const { baskets } of told) expect(figuresOf(baskets).people).toBeGreaterThanOrEqual(fewest);
      const sum = told.reduce((total, { baskets }) => total + baskets.length, 0);
      expect(sum).toBe(figuresOf(all).people < fewest ? 0 : all.length);
    }),
  );
});

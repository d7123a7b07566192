import { describe, expect, test } from 'vitest';
import { dayOfWeek } from '#kernel/day.ts';
import { expectedBefore, expectedIn } from './expected.ts';
import type { PlannedDelivery, PlannedSubscription, Terms } from './plan.ts';

const deliveriesOf = (tourId: number, closed: number[] = []): PlannedDelivery[] =>
  Array.from({ length: 52 }, (_, at) => {
    const date = dayOfWeek({ year: 2025, week: at + 1 }, 3);
    return { id: tourId * 100 + at + 1, year: 2025, week: at + 1, usualDate: date, date, closed: closed.includes(at + 1) };
  });
const season = {
  deliveries: new Map([
    [1, deliveriesOf(1, [42])],
    [2, deliveriesOf(2)],
  ]),
};
const terms: Terms = {
  ...{ fromYear: 0, fromWeek: 0, slotId: 10, tourId: 1, productId: 1, frequency: 'weekly', quantity: 1, priceCents: 1380, weeks: null },
};
const subscription = (more: Partial<PlannedSubscription> = {}, first: Partial<Terms> = {}): PlannedSubscription => ({
  ...{ terms: [{ ...terms, ...first }], startsOn: '2025-01-01', endsOn: '2025-10-31', basketCount: null, awaiting: false, ...more },
});
const week = (number: number) => ({ year: 2025, week: number });

describe('the delivery of its own before', () => {
  test('weekly: the last one that took place', () => {
    expect(expectedBefore(subscription(), season, week(42))).toEqual(week(41));
    expect(expectedBefore(subscription(), season, week(43))).toEqual(week(41));
  });

  test('every two weeks: two weeks ago, four when that one was closed', () => {
    const even = subscription({}, { frequency: 'even_weeks' });
    expect(expectedBefore(even, season, week(40))).toEqual(week(38));
    expect(expectedBefore(even, season, week(44))).toEqual(week(40));
  });

  test('monthly, and a plan that is delivered in some weeks only', () => {
    expect(expectedBefore(subscription({}, { frequency: 'first_of_month' }), season, week(40))).toEqual(week(36));
    expect(expectedBefore(subscription({}, { weeks: [10, 11, 40] }), season, week(40))).toEqual(week(11));
  });

  test('none before it began; after its end, weeks without a basket', () => {
    expect(expectedBefore(subscription({ startsOn: '2025-10-20' }), season, week(43))).toBeNull();
    expect(expectedBefore(subscription(), season, week(46))).toEqual(week(45));
  });

  test('on the tour of the terms that held then', () => {
    const moved = subscription({ terms: [terms, { ...terms, fromYear: 2025, fromWeek: 42, slotId: 20, tourId: 2 }] });
    expect(expectedBefore(moved, season, week(42))).toEqual(week(41));
    expect(expectedBefore(moved, season, week(43))).toEqual(week(42));
  });
});

test('a week is expected, over or away', () => {
  const state = (one: PlannedSubscription, at: number) => expectedIn(one, season, week(at)).state;
  expect(state(subscription(), 43)).toBe('expected');
  expect(state(subscription(), 42)).toBe('away');
  expect(state(subscription(), 45)).toBe('over');
  expect(state(subscription({}, { frequency: 'even_weeks' }), 43)).toBe('away');
  expect(state(subscription({}, { frequency: 'even_weeks' }), 45)).toBe('away');
  expect(state(subscription({}, { frequency: 'even_weeks' }), 46)).toBe('over');
  expect(state(subscription({ awaiting: true }), 43)).toBe('away');
  expect(expectedIn(subscription(), season, { year: 2027, week: 1 })).toEqual({ state: 'away', home: null });
});

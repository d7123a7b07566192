import { describe, expect, test } from 'vitest';
import { dayOfWeek, weeksInYear } from '#kernel/day.ts';
import { difference, type StoredBasket } from './difference.ts';
import { isDue, type PlannedRequest, type PlannedSubscription, plan } from './plan.ts';

const wednesdays = (year: number, closedWeeks: number[] = []) =>
  Array.from({ length: weeksInYear(year) }, (_, index) => ({
    id: year * 100 + index + 1,
    year,
    week: index + 1,
    usualDate: dayOfWeek({ year, week: index + 1 }, 3),
    closed: closedWeeks.includes(index + 1),
  }));

const subscription: PlannedSubscription = {
  slotId: 1,
  productId: 1,
  frequency: 'weekly',
  quantity: 1,
  priceCents: 1380,
  startsOn: '2025-01-01',
  endsOn: '2025-12-31',
};
const request = (week: number, toWeek: number | null, id = week): PlannedRequest => ({
  id,
  kind: toWeek === null ? 'cancel' : 'postpone',
  year: 2025,
  week,
  toYear: toWeek === null ? null : 2025,
  toWeek,
});
const byWeek = (result: ReturnType<typeof plan>) =>
  Object.fromEntries(result.baskets.map((basket) => [basket.deliveryId % 100, basket.quantity]));

describe('frequencies', () => {
  test('weekly gives a basket each open week', () => {
    const { baskets } = plan(subscription, wednesdays(2025, [1, 52]), []);
    expect(baskets).toHaveLength(52 - 2);
  });

  test('even and odd weeks share the year between them', () => {
    const even = plan({ ...subscription, frequency: 'even_weeks' }, wednesdays(2025), []).baskets;
    const odd = plan({ ...subscription, frequency: 'odd_weeks' }, wednesdays(2025), []).baskets;
    expect([even.length, odd.length]).toEqual([26, 26]);
    expect(even.every((basket) => basket.deliveryId % 2 === 0)).toBe(true);
  });

  test('a year of 53 weeks: two odd weeks follow each other', () => {
    const odd = plan(
      { ...subscription, frequency: 'odd_weeks', endsOn: '2027-12-31' },
      [...wednesdays(2026), ...wednesdays(2027)],
      [],
    ).baskets;
    expect(odd.filter((basket) => basket.deliveryId === 2026 * 100 + 53 || basket.deliveryId === 2027 * 100 + 1)).toHaveLength(2);
  });

  test('once a month: the week of the first usual delivery day; none in a month in which it is closed', () => {
    const monthly = { ...subscription, frequency: 'first_of_month' } as const;
    expect(plan(monthly, wednesdays(2025), []).baskets).toHaveLength(12);
    // Wednesday 1 January 2025 is in week 1; 5 March in week 10.
    expect(Object.keys(byWeek(plan(monthly, wednesdays(2025, [1, 10]), [])))).toHaveLength(12 - 2);
    expect(isDue('first_of_month', { week: 6, usualDate: '2025-02-07' })).toBe(true);
    expect(isDue('first_of_month', { week: 6, usualDate: '2025-02-08' })).toBe(false);
  });

  test('week 1 may begin in December: it is not the first of January', () => {
    // ISO week 1 of 2026 holds Wednesday 31 December 2025.
    const due = wednesdays(2026).filter((delivery) => isDue('first_of_month', delivery));
    expect(due[0]?.usualDate).toBe('2026-01-07');
    expect(due).toHaveLength(12);
  });
});

describe('period', () => {
  test('counts the usual day, both ends included', () => {
    const period = { ...subscription, startsOn: '2025-10-22', endsOn: '2025-11-05' };
    expect(byWeek(plan(period, wednesdays(2025), []))).toEqual({ 43: 1, 44: 1, 45: 1 });
  });
});

describe('requests', () => {
  test('a cancellation takes the basket away', () => {
    expect(byWeek(plan({ ...subscription, quantity: 2 }, wednesdays(2025), [request(43, null)]))[43]).toBeUndefined();
  });

  test('a postponement adds to the basket that stands there', () => {
    const weeks = byWeek(plan({ ...subscription, quantity: 2 }, wednesdays(2025), [request(43, 44)]));
    expect([weeks[43], weeks[44]]).toEqual([undefined, 2 + 2]);
  });

  test('a fortnightly basket goes to a week that had none', () => {
    const weeks = byWeek(plan({ ...subscription, frequency: 'even_weeks' }, wednesdays(2025), [request(44, 45)]));
    expect([weeks[44], weeks[45], weeks[46]]).toEqual([undefined, 1, 1]);
  });

  test('requests add up: what comes to a week stays when its own basket leaves', () => {
    const weeks = byWeek(plan(subscription, wednesdays(2025), [request(40, 36), request(36, null)]));
    expect([weeks[40], weeks[36]]).toEqual([undefined, 1]);
  });

  test('a chain moves each basket once', () => {
    const weeks = byWeek(plan(subscription, wednesdays(2025), [request(40, 41), request(41, 42)]));
    expect([weeks[40], weeks[41], weeks[42]]).toEqual([undefined, 1, 2]);
  });

  test('no basket is lost to a week without delivery: it stays, and the problem is told', () => {
    const result = plan(subscription, wednesdays(2025, [52]), [request(51, 52)]);
    expect(byWeek(result)[51]).toBe(1);
    expect(result.problems).toEqual([{ requestId: 51, problem: 'no_delivery' }]);
  });

  test('a request for a week without basket has no effect, and says so', () => {
    const result = plan({ ...subscription, frequency: 'odd_weeks' }, wednesdays(2025), [request(44, 46)]);
    expect(byWeek(result)[46]).toBeUndefined();
    expect(result.problems).toEqual([{ requestId: 44, problem: 'no_basket' }]);
  });
});

test('postponements never create or lose a basket, whatever they are', () => {
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  for (let round = 0; round < 200; round++) {
    const frequency = (['weekly', 'even_weeks', 'odd_weeks', 'first_of_month'] as const)[random(4)]!;
    const season = wednesdays(2025, [1, 52, 1 + random(52)]);
    const weeks = new Map(Array.from({ length: random(8) }, () => [1 + random(52), 1 + random(52)]));
    const moved = [...weeks].map(([from, to]) => request(from, to));
    const total = (requests: PlannedRequest[]) =>
      plan({ ...subscription, frequency, quantity: 1 + random(1) }, season, requests).baskets.reduce(
        (sum, basket) => sum + basket.quantity,
        0,
      );
    expect(total(moved)).toBe(total([]));
  }
});

describe('difference', () => {
  const stored = (deliveryId: number, quantity: number): [number, StoredBasket] => [
    deliveryId,
    { id: deliveryId * 10, subscriptionId: 5, deliveryId, slotId: 1, productId: 1, quantity, priceCents: 1380 },
  ];
  const planned = (deliveryId: number, quantity: number) => ({ deliveryId, slotId: 1, productId: 1, quantity, priceCents: 1380 });

  test('writes what is new, changed or gone, and nothing else', () => {
    const into = { insert: [], update: [], remove: [] };
    difference(5, [planned(1, 1), planned(2, 2), planned(4, 1)], new Map([stored(1, 1), stored(2, 1), stored(3, 1)]), into);
    expect(into).toEqual({
      insert: [{ ...planned(4, 1), subscriptionId: 5 }],
      update: [{ ...planned(2, 2), subscriptionId: 5, id: 20 }],
      remove: [30],
    });
  });
});

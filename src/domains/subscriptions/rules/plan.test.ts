import { describe, expect, test } from 'vitest';
import { difference, type StoredBasket } from './difference.ts';
import { isDue } from './frequency.ts';
import { asked, invented, seasonOf, withClosings, yearOf } from './invented.ts';
import { type PlannedDelivery, type PlannedRequest, plan } from './plan.ts';

const wednesdays = (year: number, closedWeeks: number[] = []) => yearOf(year, 3, closedWeeks);
const request = (week: number, toWeek: number | null, id = week) => asked(toWeek ? 'postpone' : 'cancel', week, { toWeek, id });
const planned = (said: Parameters<typeof invented>[0], deliveries: PlannedDelivery[], requests: PlannedRequest[] = []) =>
  plan(invented(said), seasonOf(deliveries), requests);
const byWeek = (result: ReturnType<typeof plan>) =>
  Object.fromEntries(result.baskets.map((basket) => [Math.floor(basket.deliveryId / 10) % 100, basket.quantity]));

describe('frequencies', () => {
  test('weekly gives a basket each open week', () => {
    const { baskets } = planned({}, wednesdays(2025, [1, 52]));
    expect(baskets).toHaveLength(52 - 2);
  });

  test('even and odd weeks share the year between them', () => {
    const even = planned({ frequency: 'even_weeks' }, wednesdays(2025)).baskets;
    const odd = planned({ frequency: 'odd_weeks' }, wednesdays(2025)).baskets;
    expect([even.length, odd.length]).toEqual([26, 26]);
    expect(even.every((basket) => Math.floor(basket.deliveryId / 10) % 2 === 0)).toBe(true);
  });

  test('a year of 53 weeks: two odd weeks follow each other', () => {
    const odd = planned({ frequency: 'odd_weeks', endsOn: '2027-12-31' }, [...wednesdays(2026), ...wednesdays(2027)]).baskets;
    expect(odd.filter((basket) => [2026531, 2027011].includes(basket.deliveryId))).toHaveLength(2);
  });

  test('once a month: the week of the first usual delivery day; none in a month in which it is closed', () => {
    const monthly = { frequency: 'first_of_month' } as const;
    expect(planned(monthly, wednesdays(2025)).baskets).toHaveLength(12);
    // Wednesday 1 January 2025 is in week 1; 5 March in week 10.
    expect(Object.keys(byWeek(planned(monthly, wednesdays(2025, [1, 10]))))).toHaveLength(12 - 2);
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
    const period = { startsOn: '2025-10-22', endsOn: '2025-11-05' };
    expect(byWeek(planned(period, wednesdays(2025)))).toEqual({ 43: 1, 44: 1, 45: 1 });
  });
});

describe('requests', () => {
  test('a cancellation takes the basket away', () => {
    expect(byWeek(planned({ quantity: 2 }, wednesdays(2025), [request(43, null)]))[43]).toBeUndefined();
  });

  test('a postponement adds to the basket that stands there', () => {
    const weeks = byWeek(planned({ quantity: 2 }, wednesdays(2025), [request(43, 44)]));
    expect([weeks[43], weeks[44]]).toEqual([undefined, 2 + 2]);
  });

  test('a fortnightly basket goes to a week that had none', () => {
    const weeks = byWeek(planned({ frequency: 'even_weeks' }, wednesdays(2025), [request(44, 45)]));
    expect([weeks[44], weeks[45], weeks[46]]).toEqual([undefined, 1, 1]);
  });

  test('requests add up: what comes to a week stays when its own basket leaves', () => {
    const weeks = byWeek(planned({}, wednesdays(2025), [request(40, 36), request(36, null)]));
    expect([weeks[40], weeks[36]]).toEqual([undefined, 1]);
  });

  test('a chain moves each basket once', () => {
    const weeks = byWeek(planned({}, wednesdays(2025), [request(40, 41), request(41, 42)]));
    expect([weeks[40], weeks[41], weeks[42]]).toEqual([undefined, 1, 2]);
  });

  test('no basket is lost to a week without delivery: it stays, and the problem is told', () => {
    const result = planned({}, wednesdays(2025, [52]), [request(51, 52)]);
    expect(byWeek(result)[51]).toBe(1);
    expect(result.problems).toEqual([{ requestId: 51, problem: 'no_delivery' }]);
  });

  test('a request for a week without basket has no effect, and says so', () => {
    const result = planned({ frequency: 'odd_weeks' }, wednesdays(2025), [request(44, 46)]);
    expect(byWeek(result)[46]).toBeUndefined();
    expect(result.problems).toEqual([{ requestId: 44, problem: 'no_basket' }]);
  });
});

describe('other requests', () => {
  const tours = seasonOf(yearOf(2025, 3, [], 1), yearOf(2025, 5, [52], 2));
  const friday = { slotId: 2, tourId: 2 };
  const at = (result: ReturnType<typeof plan>, week: number) =>
    result.baskets.filter((basket) => Math.floor(basket.deliveryId / 10) % 100 === week);

  test('a doubled basket adds as many; without a basket there is nothing to double', () => {
    expect(byWeek(planned({ quantity: 2 }, wednesdays(2025), [asked('double', 43)]))[43]).toBe(2 + 2);
    expect(byWeek(planned({ quantity: 2 }, wednesdays(2025), [asked('double', 43, { quantity: 1 })]))[43]).toBe(2 + 1);
    expect(planned({ frequency: 'odd_weeks' }, wednesdays(2025), [asked('double', 44)]).problems).toEqual([
      { requestId: 44, problem: 'no_basket' },
    ]);
  });

  test('a basket made up comes in any open week', () => {
    const weeks = byWeek(
      planned({ frequency: 'odd_weeks' }, wednesdays(2025, [46]), [asked('make_up', 44), asked('make_up', 45), asked('make_up', 46)]),
    );
    expect([weeks[44], weeks[45], weeks[46]]).toEqual([1, 1 + 1, undefined]);
  });

  test('a gift takes the basket away', () => expect(byWeek(planned({}, wednesdays(2025), [asked('gift', 43)]))[43]).toBeUndefined());

  test('a change of depot sends the basket to the delivery of that tour, that week or for a while', () => {
    const once = plan(invented(), tours, [asked('move', 43, { place: friday })]);
    expect(at(once, 43)).toMatchObject([{ deliveryId: 2025432, slotId: 2, quantity: 1 }]);
    expect(at(once, 44)).toMatchObject([{ deliveryId: 2025441, slotId: 1 }]);
    const lasting = plan(invented(), tours, [asked('move', 43, { place: friday, untilWeek: 45 }), asked('double', 44)]);
    expect([43, 44, 45, 46].map((week) => at(lasting, week).map((basket) => [basket.slotId, basket.quantity]))).toEqual([
      [[2, 1]],
      [[2, 2]],
      [[2, 1]],
      [[1, 1]],
    ]);
  });

  test('what is postponed to a week goes where that week goes', () => {
    const result = plan(invented({ frequency: 'odd_weeks' }), tours, [
      asked('move', 44, { place: friday, id: 1 }),
      asked('postpone', 43, { toWeek: 44, id: 2 }),
    ]);
    expect(at(result, 44)).toMatchObject([{ deliveryId: 2025442, quantity: 1 }]);
  });

  test('a change of depot to a tour that does not deliver leaves the basket where it was, and says so', () => {
    const result = plan(invented(), tours, [asked('move', 52, { place: friday })]);
    expect(at(result, 52)).toMatchObject([{ deliveryId: 2025521 }]);
    expect(result.problems).toEqual([{ requestId: 52, problem: 'no_delivery' }]);
  });

  test('of two changes of depot in one week, the later one holds', () => {
    const third = seasonOf(yearOf(2025, 3, [], 1), yearOf(2025, 5, [], 2), yearOf(2025, 6, [], 3));
    const result = plan(invented(), third, [
      asked('move', 43, { id: 9, place: { slotId: 3, tourId: 3 } }),
      asked('move', 40, { id: 8, place: friday, untilWeek: 50 }),
    ]);
    expect(at(result, 43)).toMatchObject([{ slotId: 3 }]);
    expect(at(result, 44)).toMatchObject([{ slotId: 2 }]);
  });

  test('a manual change has the last word in its week, and only there', () => {
    const result = plan(invented(), tours, [
      asked('manual', 43, { id: 1, quantity: 3, productId: 7, priceCents: 990, place: friday }),
      asked('cancel', 43, { id: 2 }),
      asked('manual', 45, { id: 3, quantity: 0 }),
    ]);
    expect(at(result, 43)).toEqual([{ deliveryId: 2025432, slotId: 2, productId: 7, quantity: 3, priceCents: 990 }]);
    expect(at(result, 44)).toMatchObject([{ slotId: 1, productId: 1, quantity: 1, priceCents: 1380 }]);
    expect(at(result, 45)).toEqual([]);
  });

  test('a basket moved before its week closed stays moved, as many as were moved', () => {
    const moved = asked('postpone', 43, { toWeek: 44, quantity: 2 });
    expect(byWeek(planned({ quantity: 2 }, wednesdays(2025, [43]), [moved]))[44]).toBe(2 + 2);
    // Not known to have moved anything: a week that was closed all along had no basket.
    expect(planned({ quantity: 2 }, wednesdays(2025, [43]), [asked('postpone', 43, { toWeek: 44 })]).problems).toHaveLength(1);
    // The subscription takes 3 since: two were moved, one stays.
    const weeks = byWeek(planned({ quantity: 3 }, wednesdays(2025), [moved]));
    expect([weeks[43], weeks[44]]).toEqual([3 - 2, 3 + 2]);
  });

  test('a basket moved out of a week that its plan no longer holds is not lost; out of one that is not its own, there was none', () => {
    const moved = asked('postpone', 43, { toWeek: 44, quantity: 1 });
    expect(byWeek(planned({ weeks: [44, 45] }, wednesdays(2025), [moved]))).toEqual({ 44: 1 + 1, 45: 1 });
    expect(planned({ frequency: 'even_weeks' }, wednesdays(2025), [moved]).problems).toHaveLength(1);
  });
});

describe('terms', () => {
  test('hold from their week on: quantity, price, frequency, slot and day', () => {
    const season = seasonOf(yearOf(2025, 3, [], 1), yearOf(2025, 5, [], 2));
    const { baskets } = plan(
      invented({
        startsOn: '2025-10-13',
        endsOn: '2025-11-16',
        later: [{ fromYear: 2025, fromWeek: 44, quantity: 2, priceCents: 1500, slotId: 2, tourId: 2 }],
      }),
      season,
      [],
    );
    expect(baskets.map(({ deliveryId, slotId, quantity, priceCents }) => [deliveryId, slotId, quantity, priceCents])).toEqual([
      [2025421, 1, 1, 1380],
      [2025431, 1, 1, 1380],
      [2025442, 2, 2, 1500],
      [2025452, 2, 2, 1500],
      [2025462, 2, 2, 1500],
    ]);
  });

  test('the weeks of the plan are those of every year', () => {
    const fruit = planned({ weeks: [18, 19, 44], endsOn: '2026-12-31' }, [...wednesdays(2025), ...wednesdays(2026)]);
    expect(fruit.baskets.map((basket) => basket.deliveryId)).toEqual([2025181, 2025191, 2025441, 2026181, 2026191, 2026441]);
  });

  test('what waits to begin gives nothing', () => expect(planned({ awaiting: true }, wednesdays(2025)).baskets).toEqual([]));
});

describe('by count', () => {
  test('stops once so many baskets are given; the last delivery may hold fewer', () => {
    expect(byWeek(planned({ basketCount: 3, startsOn: '2025-10-20' }, wednesdays(2025)))).toEqual({ 43: 1, 44: 1, 45: 1 });
    expect(byWeek(planned({ basketCount: 3, quantity: 2, startsOn: '2025-10-20' }, wednesdays(2025)))).toEqual({ 43: 2, 44: 1 });
  });

  test('a cancelled basket is received later; a doubled one ends it sooner', () => {
    const by = { basketCount: 3, startsOn: '2025-10-20' };
    expect(byWeek(planned(by, wednesdays(2025), [asked('cancel', 44)]))).toEqual({ 43: 1, 45: 1, 46: 1 });
    expect(byWeek(planned(by, wednesdays(2025), [asked('double', 43)]))).toEqual({ 43: 2, 44: 1 });
  });

  test('what frozen deliveries hold is what was received, whatever was planned', () => {
    const served = ({ week }: PlannedDelivery) => (week === 43 ? 0 : week === 44 ? 2 : null);
    const { baskets } = plan(invented({ basketCount: 3, startsOn: '2025-10-20' }), seasonOf(wednesdays(2025)), [], served);
    expect(byWeek({ baskets, problems: [], undelivered: [] })).toEqual({ 44: 2, 45: 1 });
  });
});

describe('closed slots', () => {
  const season = seasonOf(yearOf(2025, 3, [], 1), yearOf(2025, 5, [], 2));
  const closing = { slotId: 1, fromOn: '2025-10-20', untilOn: '2025-10-31', replacement: { slotId: 2, tourId: 2 } };

  test('send their baskets to the slot that stands in, on its own day', () => {
    const { baskets } = plan(invented({ startsOn: '2025-10-20', endsOn: '2025-11-09' }), withClosings(season, closing), []);
    expect(baskets.map(({ deliveryId, slotId }) => [deliveryId, slotId])).toEqual([
      [2025432, 2],
      [2025442, 2],
      [2025451, 1],
    ]);
  });

  test('without one, or when that one is closed too, the basket is told as undelivered', () => {
    const nowhere = plan(invented(), withClosings(season, { ...closing, untilOn: '2025-10-26', replacement: null }), []);
    expect(nowhere.undelivered).toEqual([{ year: 2025, week: 43, deliveryId: 2025431, quantity: 1 }]);
    const both = plan(invented(), withClosings(season, closing, { ...closing, slotId: 2, replacement: null, untilOn: '2025-10-24' }), []);
    expect(both.undelivered.map((one) => one.week)).toEqual([43]);
  });
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
      update: [{ before: stored(2, 1)[1], after: { ...planned(2, 2), subscriptionId: 5, id: 20 } }],
      remove: [stored(3, 1)[1]],
    });
  });
});

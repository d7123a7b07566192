import { describe, expect, test } from 'vitest';
import type { Week } from '#kernel/day.ts';
import { type Fate, fateOfBaskets } from './closed-weeks.ts';
import { asked, invented, seasonOf, yearOf } from './invented.ts';
import { type PlannedRequest, type PlannedSubscription, plan, type Season } from './plan.ts';

const week = (number: number): Week => ({ year: 2025, week: number });
const idOf = (number: number, tour = 1) => (2025 * 100 + number) * 10 + tour;
const perWeek = (baskets: { deliveryId: number; quantity: number }[]) =>
  Object.fromEntries(baskets.map((basket) => [Math.floor(basket.deliveryId / 10) % 100, basket.quantity]));
const total = (baskets: { quantity: number }[]) => baskets.reduce((sum, basket) => sum + basket.quantity, 0);

/** Closes weeks of tour 1 as the application does: asks, stores, closes, plans again. */
function close(
  subscription: PlannedSubscription,
  requests: PlannedRequest[],
  fates: Record<number, Fate>,
  { season = seasonOf(yearOf(2025), yearOf(2025, 5, [], 2)), frozen = 0 } = {},
) {
  const before = plan(subscription, season, requests).baskets;
  const closings = Object.entries(fates).map(([number, fate]) => ({ deliveryId: idOf(Number(number)), fate }));
  const heldIn = perWeek(before);
  const asks = fateOfBaskets(subscription, season, requests, closings, {
    held: (one) => heldIn[one.week] ?? 0,
    isOpen: (delivery) => delivery.week > frozen,
  });
  const shut = new Set(closings.map((one) => one.deliveryId));
  const after: Season = {
    ...season,
    deliveries: new Map(
      [...season.deliveries].map(([tour, list]) => [tour, list.map((one) => (shut.has(one.id) ? { ...one, closed: true } : one))]),
    ),
  };
  const kept = requests.filter((request) => !asks.withdraw.includes(request.id));
  const stored = asks.store.map((one, at): PlannedRequest => ({ ...asked(one.kind, one.week, {}), ...one, id: 1000 + at }));
  const planned = plan(subscription, after, [...kept, ...stored]);
  return { ...asks, before, after: planned.baskets, weeks: perWeek(planned.baskets), problems: planned.problems };
}

describe('the usual basket of a closed week', () => {
  test('is received in another week, with its quantity', () => {
    const { store, weeks, before, after, problems } = close(invented({ quantity: 2 }), [], { 43: week(44) });
    expect(store).toEqual([{ ...week(43), kind: 'postpone', toYear: 2025, toWeek: 44, quantity: 2, remedy: null }]);
    expect([weeks[43], weeks[44]]).toEqual([undefined, 4]);
    expect(total(after)).toBe(total(before));
    expect(problems).toEqual([]);
  });

  test.each(['credit', 'make_up'] as const)('is owed: %s', (fate) => {
    const { store, weeks, problems } = close(invented(), [], { 43: fate });
    expect(store).toEqual([{ ...week(43), kind: 'cancel', toYear: null, toWeek: null, quantity: 1, remedy: fate }]);
    expect(weeks[43]).toBeUndefined();
    expect(problems).toEqual([]);
  });

  test('nothing is asked for whoever has none: fortnightly, over, waiting, cancelled, put off, given', () => {
    const none = { store: [], withdraw: [] };
    expect(close(invented({ frequency: 'even_weeks' }), [], { 43: 'make_up' })).toMatchObject(none);
    expect(close(invented({ endsOn: '2025-10-01' }), [], { 43: 'make_up' })).toMatchObject(none);
    expect(close(invented({ awaiting: true }), [], { 43: 'make_up' })).toMatchObject(none);
    expect(close(invented({ weeks: [20, 21] }), [], { 43: 'make_up' })).toMatchObject(none);
    for (const request of [asked('cancel', 43), asked('postpone', 43, { toWeek: 45 }), asked('gift', 43)])
      expect(close(invented(), [request], { 43: 'make_up' })).toMatchObject(none);
  });

  test('by count it comes later of itself, whatever was chosen', () => {
    for (const fate of ['credit', 'make_up', week(44)] as Fate[]) {
      const { store, before, after } = close(invented({ basketCount: 10 }), [], { 5: fate });
      expect(store).toEqual([]);
      expect([total(before), total(after)]).toEqual([10, 10]);
    }
  });

  test('is to be made up when it cannot be received in the other week', () => {
    const owed = [{ kind: 'cancel', remedy: 'make_up', week: 43 }];
    expect(close(invented(), [asked('cancel', 44)], { 43: week(44) }).store).toMatchObject(owed);
    expect(close(invented(), [], { 43: week(44) }, { frozen: 44, season: seasonOf(yearOf(2025)) }).store).toMatchObject(owed);
    expect(close(invented(), [], { 43: week(44), 44: 'credit' }).store).toMatchObject([owed[0], { remedy: 'credit', week: 44 }]);
    // From week 44 on it is collected on another tour, which is closed then.
    const elsewhere = invented({ later: [{ fromYear: 2025, fromWeek: 44, slotId: 2, tourId: 2 }] });
    expect(close(elsewhere, [], { 43: week(44) }, { season: seasonOf(yearOf(2025), yearOf(2025, 5, [44], 2)) }).store).toMatchObject(owed);
  });
});

describe('what had been asked for the closed week', () => {
  const putOff = asked('postpone', 41, { toWeek: 43, id: 7 });

  test('a basket put off to it goes on, from the week it came from', () => {
    const moved = close(invented(), [putOff], { 43: week(45) });
    expect(moved.withdraw).toEqual([7]);
    expect([moved.weeks[41], moved.weeks[43], moved.weeks[45]]).toEqual([undefined, undefined, 3]);
    expect(total(moved.after)).toBe(total(moved.before));
    const owed = close(invented(), [putOff], { 43: 'make_up' });
    expect(owed.store.map(({ week: from, remedy, quantity }) => [from, remedy, quantity])).toEqual([
      [41, 'make_up', 1],
      [43, 'make_up', 1],
    ]);
    expect(owed.problems).toEqual([]);
  });

  test('both are owed when the other week is the one it came from: that week does not suit', () => {
    const { store, weeks } = close(invented(), [putOff], { 43: week(41) });
    expect(store.map(({ week: from, remedy }) => [from, remedy])).toEqual([
      [41, 'make_up'],
      [43, 'make_up'],
    ]);
    expect([weeks[41], weeks[43]]).toEqual([undefined, undefined]);
  });

  test('a doubled basket moves with it; it is not owed otherwise', () => {
    const doubled = asked('double', 43, { quantity: 1, id: 8 });
    const moved = close(invented(), [doubled], { 43: week(44) });
    expect(moved.weeks[44]).toBe(3);
    expect(moved.problems).toEqual([]);
    const owed = close(invented(), [doubled], { 43: 'credit' });
    expect(owed.store).toMatchObject([{ quantity: 1, remedy: 'credit' }]);
    expect(owed.withdraw).toEqual([8]);
  });

  test('a basket made up there is made up in the other week, or owed again', () => {
    const madeUp = asked('make_up', 43, { quantity: 1, id: 9 });
    const moved = close(invented(), [madeUp], { 43: week(44) });
    expect(moved.weeks[44]).toBe(3);
    expect(moved.store.map(({ kind }) => kind)).toEqual(['make_up', 'postpone']);
    const owed = close(invented(), [madeUp], { 43: 'credit' });
    expect([owed.withdraw, owed.store.map(({ kind }) => kind)]).toEqual([[9], ['cancel']]);
  });

  test('a quantity set by hand is what moves', () => {
    const moved = close(invented(), [asked('manual', 43, { quantity: 3, id: 10 })], { 43: week(44) });
    expect(moved.withdraw).toEqual([10]);
    expect(moved.weeks[44]).toBe(4);
    expect(moved.problems).toEqual([]);
  });

  test('collected on another tour that week: it goes back to its own tour, or moves when its own closes', () => {
    const onFriday = { ...asked('move', 43), place: { slotId: 2, tourId: 2 } };
    const own = close(invented(), [onFriday], { 43: week(44) });
    expect(own.weeks[44]).toBe(2);
    expect(own.weeks[43]).toBeUndefined();
  });
});

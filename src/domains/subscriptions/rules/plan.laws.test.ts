import fc from 'fast-check';
import { expect, test } from 'vitest';
import { explain } from './explain.ts';
import type { Frequency } from './frequency.ts';
import { asked, invented, seasonOf, withClosings, yearOf } from './invented.ts';
import { type PlannedRequest, type PlannedSubscription, plan, type RequestKind, type Season } from './plan.ts';

/** Laws of the planning function: what holds for any subscription, season and requests that a garden could have. */

const weeks = fc.integer({ min: 1, max: 52 });
const frequencies: Frequency[] = ['weekly', 'even_weeks', 'odd_weeks', 'first_of_month', 'third_of_month'];

const seasons = fc
  .tuple(fc.uniqueArray(weeks, { maxLength: 6 }), fc.uniqueArray(weeks, { maxLength: 6 }), fc.boolean())
  .map(([closed, closedElsewhere, shut]) => {
    const season = seasonOf(yearOf(2025, 3, closed, 1), yearOf(2025, 5, closedElsewhere, 2));
    return shut
      ? withClosings(season, { slotId: 1, fromOn: '2025-05-01', untilOn: '2025-06-15', replacement: { slotId: 2, tourId: 2 } })
      : season;
  });

const subscriptions = fc.record({
  frequency: fc.constantFrom(...frequencies),
  quantity: fc.integer({ min: 1, max: 3 }),
  change: fc.option(
    fc.record({
      fromWeek: weeks,
      quantity: fc.integer({ min: 1, max: 3 }),
      frequency: fc.constantFrom(...frequencies),
      elsewhere: fc.boolean(),
    }),
  ),
  ends: fc.constantFrom('2025-12-31', '2025-08-20'),
});
const subscribed = subscriptions.map(({ change, ends, ...said }) => {
  const place = change?.elsewhere ? { slotId: 2, tourId: 2 } : {};
  return invented({
    ...said,
    endsOn: ends,
    later: change ? [{ fromYear: 2025, fromWeek: change.fromWeek, quantity: change.quantity, frequency: change.frequency, ...place }] : [],
  });
});

/** Requests as the database holds them: the basket of a week is taken away once, and there is one of each other kind. */
const requestsOf = (...kinds: RequestKind[]) =>
  fc.array(fc.tuple(fc.constantFrom(...kinds), weeks, weeks, fc.integer({ min: 0, max: 3 })), { maxLength: 10 }).map((drawn) => {
    const taken = new Set<string>();
    return drawn.flatMap(([kind, week, other, quantity], index): PlannedRequest[] => {
      const place = ['cancel', 'postpone', 'gift'].includes(kind) ? `taken/${week}` : `${kind}/${week}`;
      if (taken.has(place) || (kind === 'postpone' && week === other)) return [];
      taken.add(place);
      const said: Partial<PlannedRequest> = { id: index + 1 };
      if (kind === 'postpone') said.toWeek = other;
      if (kind === 'move') Object.assign(said, { place: { slotId: 2, tourId: 2 }, untilWeek: other > week ? other : null });
      if (kind === 'manual') Object.assign(said, { quantity, place: quantity === 2 ? { slotId: 2, tourId: 2 } : null });
      return [asked(kind, week, said)];
    });
  });
const anything = requestsOf('cancel', 'postpone', 'double', 'make_up', 'gift', 'move', 'manual');

const total = (subscription: PlannedSubscription, season: Season, requests: readonly PlannedRequest[]) => {
  const { baskets, undelivered } = plan(subscription, season, requests);
  return [...baskets, ...undelivered].reduce((sum, basket) => sum + basket.quantity, 0);
};
const hold = <T extends [unknown, ...unknown[]]>(...given: Parameters<typeof fc.property<T>>) =>
  fc.assert(fc.property(...given), { numRuns: 400 });

test('a basket is in an open delivery, at most one a week, of at least one', () => {
  hold(subscribed, seasons, anything, (subscription, season, requests) => {
    const { baskets } = plan(subscription, season, requests);
    const all = new Map([...season.deliveries.values()].flat().map((delivery) => [delivery.id, delivery]));
    const places = baskets.map((basket) => all.get(basket.deliveryId)!);
    expect(places.every((delivery) => !delivery.closed)).toBe(true);
    expect(new Set(places.map((delivery) => delivery.week)).size).toBe(baskets.length);
    expect(baskets.every((basket) => basket.quantity >= 1)).toBe(true);
  });
});

test('the order of requests does not matter', () => {
  const shuffled = anything.chain((requests) =>
    fc.tuple(fc.constant(requests), fc.shuffledSubarray(requests, { minLength: requests.length })),
  );
  hold(subscribed, seasons, shuffled, (subscription, season, [requests, others]) => {
    const [one, other] = [plan(subscription, season, requests), plan(subscription, season, others)];
    expect(other.baskets).toEqual(one.baskets);
    expect(new Set(other.problems.map((problem) => problem.requestId))).toEqual(new Set(one.problems.map((problem) => problem.requestId)));
  });
});

test('a postponement, like a change of depot, conserves baskets', () => {
  hold(subscribed, seasons, requestsOf('postpone', 'move'), (subscription, season, requests) => {
    // Terms may give another number in the week it goes to: what moves is what was taken.
    expect(total(subscription, season, requests)).toBe(total(subscription, season, []));
  });
});

test('as many cancelled as made up balance; a gift is a basket less, a doubled one as many more', () => {
  hold(subscribed, seasons, fc.uniqueArray(weeks, { minLength: 4, maxLength: 8 }), (subscription, season, drawn) => {
    const one = { ...subscription, terms: [{ ...subscription.terms[0]!, quantity: 2 }] };
    const usual = total(one, season, []);
    const effective = (requests: PlannedRequest[]) => requests.length - plan(one, season, requests).problems.length;
    const half = drawn.slice(0, drawn.length / 2).map((week) => asked('cancel', week));
    const cancelled = half.filter((request) => plan(one, season, [request]).problems.length === 0);
    const open = season.deliveries
      .get(1)!
      .filter((delivery) => !delivery.closed)
      .slice(0, cancelled.length);
    const madeUp = open.map((delivery, index) => asked('make_up', delivery.week, { id: 100 + index }));
    expect(total(one, season, [...cancelled, ...madeUp])).toBe(usual);
    const gifts = drawn.map((week) => asked('gift', week));
    expect(total(one, season, gifts)).toBe(usual - 2 * effective(gifts));
    const doubles = drawn.map((week) => asked('double', week));
    expect(total(one, season, doubles)).toBe(usual + 2 * effective(doubles));
  });
});

test('by count, so many are received: whatever is cancelled, postponed or doubled', () => {
  hold(seasons, requestsOf('cancel', 'postpone', 'double'), fc.integer({ min: 25, max: 40 }), (season, requests, basketCount) => {
    // Ten requests at most, ten of them doubles: 52 weeks less 6 closed and 10 cancelled leave enough for any of these counts but the largest.
    const subscription = invented({ basketCount: Math.min(basketCount, 52 - 6 - 10) });
    expect(total(subscription, season, requests)).toBe(subscription.basketCount);
  });
});

test('by count, a basket given to somebody else is one of those that were bought', () => {
  hold(seasons, requestsOf('cancel', 'gift', 'postpone'), fc.integer({ min: 12, max: 36 }), (season, requests, basketCount) => {
    const subscription = invented({ basketCount });
    const without = new Set(plan(subscription, season, requests).problems.map((problem) => problem.requestId));
    const given = requests.filter(({ id, kind }) => kind === 'gift' && !without.has(id)).length;
    expect(total(subscription, season, requests) + given).toBe(basketCount);
  });
});

test('a request that cannot be carried out changes nothing', () => {
  hold(subscribed, seasons, requestsOf('cancel', 'postpone', 'double', 'make_up', 'gift'), (subscription, season, requests) => {
    const { baskets, problems } = plan(subscription, season, requests);
    const without = new Set(problems.map((problem) => problem.requestId));
    const others = requests.filter((request) => !without.has(request.id));
    expect(plan(subscription, season, others).baskets).toEqual(baskets);
  });
});

test('what people are told is what is planned', () => {
  hold(subscribed, seasons, anything, (subscription, season, requests) => {
    const planned = new Map(plan(subscription, season, requests).baskets.map((basket) => [basket.deliveryId, basket.quantity]));
    const told = explain(subscription, season, requests).lines.filter((line) => line.quantity > 0);
    expect(new Map(told.map((line) => [line.delivery.id, line.quantity]))).toEqual(planned);
    const unlike = told.filter((line) => line.quantity !== line.usual);
    expect(unlike.every((line) => line.reasons.length > 0)).toBe(true);
  });
});

test('terms that say the same as before change nothing', () => {
  hold(subscriptions, seasons, anything, weeks, ({ frequency, quantity }, season, requests, fromWeek) => {
    const plain = plan(invented({ frequency, quantity }), season, requests);
    expect(plan(invented({ frequency, quantity, later: [{ fromYear: 2025, fromWeek }] }), season, requests)).toEqual(plain);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exactUpTo, proposeOrder } from './stop-order.ts';
import { costOfOrder, type OrderedStop, type Round, tooBig, walk } from './stop-walk.ts';

const anyTime = { from: null, until: null };
const hour = 3600;

/** Places on a straight road through the garden, in kilometres from it; one minute per kilometre, five minutes at a stop. */
function road(kilometres: (number | null)[], more: Partial<Round> & { baskets?: number[]; pickups?: OrderedStop['pickup'][] } = {}): Round {
  const { baskets = [], pickups = [], ...rest } = more;
  const places = [0, ...kilometres.filter((one) => one !== null)];
  let place = 0;
  const stops = kilometres.map((one, at) => ({
    place: one === null ? null : ++place,
    baskets: baskets[at] ?? 1,
    pickup: pickups[at] ?? anyTime,
  }));
  const metres = places.map((from) => places.map((to) => Math.abs(from - to) * 1000));
  return {
    stops,
    metres,
    seconds: metres.map((row) => row.map((length) => length * 0.06)),
    leavesAt: 8 * hour,
    atStop: 300,
    vehicle: null,
    ...rest,
  };
}

describe('a tour walked through', () => {
  test('kilometres, hours and the way home', () => {
    // 0 → 5 → 2 → 0: 5 + 3 + 2 = 10 km. At 8:05, leaves 8:10, at 8:13, leaves 8:18, home at 8:20.
    const told = walk(road([5, 2]), [0, 1]);
    expect(told).toMatchObject({ metres: 10_000, seconds: 20 * 60, back: 8 * hour + 20 * 60, trips: 1, late: 0 });
    expect(told.passages.map(({ at, metres }) => [at, metres])).toEqual([
      [8 * hour + 5 * 60, 5000],
      [8 * hour + 13 * 60, 3000],
    ]);
  });

  test('a vehicle that is full goes home and loads again', () => {
    // 30 + 20 > 40: 0 → 5 → 0 (10 km), five minutes to load, then 0 → 2 → 0 (4 km).
    const told = walk(road([5, 2], { baskets: [30, 20], vehicle: 40 }), [0, 1]);
    expect(told).toMatchObject({ metres: 14_000, trips: 2, seconds: (10 + 5 + 5 + 4 + 5) * 60 });
    expect(told.passages.map(({ trip }) => trip)).toEqual([1, 2]);
    expect(tooBig(road([5, 2], { baskets: [30, 50], vehicle: 40 }))).toEqual([1]);
  });

  test('a stop without coordinates takes its minutes, no kilometre, and no hour is said of it', () => {
    const told = walk(road([5, null, 2]), [0, 1, 2]);
    expect(told).toMatchObject({ metres: 10_000, seconds: 25 * 60 });
    expect(told.passages[1]).toMatchObject({ at: null, metres: 0, late: 0 });
  });
});

describe('an order is proposed', () => {
  test('outwards on the way, not to and fro', () => {
    // Now 9 + 6 + 3 + 6 + 12 = 36 km; out to 12 and back is 24 km, whichever stops wait for the way back.
    const round = road([9, 3, 6, 12]);
    expect(walk(round, proposeOrder(round)).metres).toBe(24_000);
    expect(walk(round, [0, 1, 2, 3]).metres).toBe(9000 + 6000 + 3000 + 6000 + 12_000);
  });

  test('the present order stays when none is better', () => {
    expect(proposeOrder(road([3, 6, 9]))).toEqual([0, 1, 2]);
    expect(proposeOrder(road([9, 6, 3]))).toEqual([0, 1, 2]);
  });

  test('where collection begins early, one goes first, even if it is longer', () => {
    const early = { from: 8 * hour + 12 * 60, until: null };
    // Nearest first: 2, 10 → at 10 km at 8:17, five minutes late. Farthest first: there at 8:10, and the way is 20 km either way.
    const round = road([2, 10], { pickups: [anyTime, early] });
    expect(proposeOrder(round)).toEqual([1, 0]);
    // Between two early stops on either side, 20 km to and fro are worth twenty minutes.
    const both = road([1, -4, 5], { pickups: [anyTime, { from: 8 * hour + 4 * 60, until: null }, anyTime] });
    expect(proposeOrder(both)[0]).toBe(1);
  });

  test('a stop without coordinates keeps its place', () => {
    expect(proposeOrder(road([6, null, 9, 3, -1]))[1]).toBe(1);
  });

  test('round a lake, one goes round', () => {
    const count = 24;
    const angle = (place: number) => (((place * 7) % count) / count) * 2 * Math.PI;
    const spots = [
      { x: 10_000, y: 0 },
      ...Array.from({ length: count - 1 }, (_, at) => ({ x: 10_000 * Math.cos(angle(at + 1)), y: 10_000 * Math.sin(angle(at + 1)) })),
    ];
    const metres = spots.map((a) => spots.map((b) => Math.round(Math.hypot(a.x - b.x, a.y - b.y))));
    const stops = spots.slice(1).map((_, at) => ({ place: at + 1, baskets: 1, pickup: anyTime }));
    const round = { stops, metres, seconds: metres, leavesAt: null, atStop: 0, vehicle: null };
    // 24 chords of a circle of 10 km: 24 × 2 × 10 × sin(π/24) = 62.65 km.
    expect(walk(round, proposeOrder(round)).metres / 1000).toBeCloseTo(62.65, 1);
  });
});

const pickup = fc.oneof(
  fc.constant(anyTime),
  fc.record({ from: fc.integer({ min: 7 * hour, max: 18 * hour }), until: fc.option(fc.integer({ min: 8 * hour, max: 19 * hour })) }),
);
/** Roads need be neither straight nor the same both ways. */
const rounds = (most: number) =>
  fc
    .array(fc.record({ lost: fc.nat({ max: 9 }), baskets: fc.nat({ max: 40 }), pickup }), { minLength: 1, maxLength: most })
    .chain((list) => {
      let place = 0;
      const stops = list.map(({ lost, baskets, pickup: times }) => ({ place: lost === 0 ? null : ++place, baskets, pickup: times }));
      const table = fc.array(fc.array(fc.integer({ min: 0, max: 60_000 }), { minLength: place + 1, maxLength: place + 1 }), {
        minLength: place + 1,
        maxLength: place + 1,
      });
      return fc.record({
        stops: fc.constant(stops),
        metres: table.map((rows) => rows.map((row, at) => row.map((length, to) => (at === to ? 0 : length)))),
        seconds: table.map((rows) => rows.map((row, at) => row.map((time, to) => (at === to ? 0 : Math.round(time / 15))))),
        leavesAt: fc.option(fc.integer({ min: 6 * hour, max: 14 * hour })),
        atStop: fc.integer({ min: 0, max: 1200 }),
        vehicle: fc.option(fc.integer({ min: 1, max: 120 })),
      });
    });
const present = (round: Round) => round.stops.map((_, stop) => stop);

describe('laws', () => {
  test('every stop once, those without coordinates where they were', () => {
    fc.assert(
      fc.property(rounds(12), (round) => {
        const order = proposeOrder(round);
        expect([...order].sort((a, b) => a - b)).toEqual(present(round));
        for (const [at, stop] of round.stops.entries()) if (stop.place === null) expect(order[at]).toBe(at);
      }),
      { numRuns: 40 },
    );
  });

  test('never costlier than the present order; longer on the road only if people wait less', () => {
    fc.assert(
      fc.property(rounds(12), (round) => {
        const [before, after] = [walk(round, present(round)), walk(round, proposeOrder(round))];
        expect(costOfOrder(round, proposeOrder(round))).toBeLessThanOrEqual(costOfOrder(round, present(round)));
        if (after.metres > before.metres) expect(after.late + 10 * after.missed).toBeLessThan(before.late + 10 * before.missed);
      }),
      { numRuns: 40 },
    );
  });

  test('without hours of collection, never longer than the present order', () => {
    fc.assert(
      fc.property(rounds(12), (timed) => {
        const round = { ...timed, leavesAt: null };
        expect(walk(round, proposeOrder(round)).metres).toBeLessThanOrEqual(walk(round, present(round)).metres);
      }),
      { numRuns: 40 },
    );
  });

  test('the same round, the same order; and an order that was taken stays', () => {
    fc.assert(
      fc.property(rounds(exactUpTo), (round) => {
        const order = proposeOrder(round);
        expect(proposeOrder(structuredClone(round))).toEqual(order);
        const taken = { ...round, stops: order.map((stop) => round.stops[stop]!) };
        expect(proposeOrder(taken)).toEqual(present(round));
      }),
      { numRuns: 40 },
    );
  });

  test('for few stops, none of all the orders is better', () => {
    fc.assert(
      fc.property(rounds(6), (round) => {
        const free = present(round).filter((stop) => round.stops[stop]!.place !== null);
        const costs = permutations(free).map((moving) => {
          const left = [...moving];
          return costOfOrder(
            round,
            present(round).map((stop) => (round.stops[stop]!.place === null ? stop : left.shift()!)),
          );
        });
        expect(costOfOrder(round, proposeOrder(round))).toBe(Math.min(...costs));
      }),
      { numRuns: 40 },
    );
  });
});

test('what moves alone find is mostly the best, and less than a hundredth from it on average', () => {
  const draw = generator();
  const gaps = Array.from({ length: 60 }, () => {
    const places = Array.from({ length: 9 }, () => ({ x: draw() * 40_000, y: draw() * 40_000 }));
    const metres = places.map((a) => places.map((b) => Math.round(Math.hypot(a.x - b.x, a.y - b.y))));
    const stops = places.slice(1).map((_, at) => ({
      place: at + 1,
      baskets: 1,
      pickup: draw() < 0.5 ? anyTime : { from: Math.round(9 + draw() * 4) * hour, until: null },
    }));
    const round = {
      stops,
      metres,
      seconds: metres.map((row) => row.map((length) => Math.round(length / 12))),
      leavesAt: 8 * hour,
      atStop: 480,
      vehicle: null,
    };
    return costOfOrder(round, proposeOrder(round, 0)) / costOfOrder(round, proposeOrder(round)) - 1;
  });
  expect(Math.min(...gaps)).toBe(0);
  expect(gaps.filter((gap) => gap === 0).length).toBeGreaterThan(50);
  expect(gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length).toBeLessThan(0.01);
});

/** Numbers between 0 and 1 that look drawn by lot, the same each time. */
function generator(): () => number {
  let state = 1;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

const permutations = (list: number[]): number[][] =>
  list.length === 0 ? [[]] : list.flatMap((one) => permutations(list.filter((other) => other !== one)).map((rest) => [one, ...rest]));

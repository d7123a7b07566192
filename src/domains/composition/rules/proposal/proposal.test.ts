import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { sampleAsk } from '../../../../../bench/proposal-ask.ts';
import { highsSolver, loadHighs } from '../../server/proposal-highs.ts';
import type { Choice, Line, ProposalAsk, SizeAsk, TourAnswer } from './ask.ts';
import { targetOf } from './ask.ts';
import { type Filling, tourCost } from './cost.ts';
import { fillGreedily } from './greedy.ts';
import { isLawful } from './lawful.ts';
import { modelOf } from './model.ts';
import { portionOf } from './portion.ts';
import { roomOf } from './room.ts';
import { answerGreedily, answerTour, type Solver, usedBy } from './solve.ts';

let highs: Awaited<ReturnType<typeof loadHighs>>;
beforeAll(async () => {
  highs = await loadHighs();
});

const choice = (id: number, given: Partial<Choice> = {}): Choice => ({
  ...{ id, unit: 'kg', unitPrice: 20_000, grams: 1000, family: '', category: 'vegetable', available: null, useUp: false, mustHave: false },
  ...given,
});
const size = (productId: number, given: Partial<SizeAsk> = {}): SizeAsk => ({
  ...{ productId, baskets: 10, target: targetOf(1000), kinds: { least: 2, most: 4 }, weight: { least: null, most: null } },
  ...{ categories: [], locked: [], recent: new Map() },
  ...given,
});
const ask = (choices: Choice[], sizes: SizeAsk[], given: Partial<ProposalAsk> = {}): ProposalAsk => ({
  ...{ choices, pairs: [], familyMost: 2, tours: [{ tourId: null, sizes }] },
  ...given,
});

/** Questions of all sorts, with locked lines that may contradict everything else. */
const asks: fc.Arbitrary<ProposalAsk> = fc
  .record({
    kinds: fc.integer({ min: 1, max: 9 }),
    sizes: fc.integer({ min: 1, max: 3 }),
    tours: fc.integer({ min: 1, max: 2 }),
    seed: fc.infiniteStream(fc.nat({ max: 1_000_000 })),
  })
  .map(({ kinds, sizes, tours, seed }) => {
    const pick = <T>(...of: T[]): T => of[(seed.next().value as number) % of.length]!;
    const ids = Array.from({ length: kinds }, (_, index) => index + 1);
    const choices = ids.map((id) =>
      choice(id, {
        unit: pick('kg', 'kg', 'piece', 'bunch'),
        unitPrice: pick(0, 7000, 15_100, 20_000, 85_000),
        grams: pick(1000, 400, null),
        family: pick('', 'choux', 'racines'),
        category: pick('vegetable', 'vegetable', 'fruit'),
        available: pick(null, 0, 1000, 12_000, 40_000),
        useUp: pick(false, false, true),
        mustHave: pick(false, false, false, true),
      }),
    );
    const line = (): Line[] => (pick(0, 0, 1) ? [{ produceId: pick(...ids), quantity: pick(50, 430, 1000, 3000) }] : []);
    const one = (productId: number) =>
      size(productId, {
        baskets: pick(1, 7, 40),
        target: targetOf(pick(null, 500, 990, 1700)),
        kinds: pick({ least: 0, most: 2 }, { least: 3, most: 5 }),
        weight: pick({ least: null, most: null }, { least: 1000, most: 4000 }),
        categories: pick([], ['vegetable'], ['fruit']),
        locked: line(),
        recent: new Map(ids.filter(() => pick(0, 1)).map((id) => [id, pick(0.5, 1, 2)])),
      });
    return {
      choices,
      pairs: [
        [pick(...ids), pick(...ids)],
        [pick(...ids), pick(...ids)],
      ],
      familyMost: pick(1, 2, 3),
      tours: Array.from({ length: tours }, (_, tour) => ({
        tourId: tour + 1,
        sizes: Array.from({ length: sizes }, (_, index) => one(index + 1)),
      })),
    } satisfies ProposalAsk;
  });

const answerAll = (given: ProposalAsk, solver: Solver): TourAnswer[] => {
  const answers: TourAnswer[] = [];
  while (answers.length < given.tours.length) answers.push(answerTour(given, answers, solver));
  return answers;
};

/** What no answer may do, said on the answer itself. @returns what it did. */
function broken(given: ProposalAsk, answers: TourAnswer[]): string[] {
  const wrong: string[] = [];
  const byId = new Map(given.choices.map((one) => [one.id, one]));
  const locked = usedBy(
    given,
    given.tours.map(({ tourId, sizes }) => ({
      tourId,
      sizes: sizes.map((one) => ({ productId: one.productId, lines: [...one.locked] })),
      cost: 0,
      bound: null,
      by: 'greedy' as const,
    })),
  );
  for (const [id, used] of usedBy(given, answers))
    if (used > Math.max(byId.get(id)!.available ?? Number.POSITIVE_INFINITY, locked.get(id) ?? 0))
      wrong.push(`more of ${id} than there is`);
  for (const [index, answer] of answers.entries()) {
    const tour = given.tours[index]!;
    for (const [at, { lines }] of answer.sizes.entries()) {
      const asked = tour.sizes[at]!;
      const kept = new Set(asked.locked.map((line) => line.produceId));
      if (!asked.locked.every((line) => lines.some((one) => one.produceId === line.produceId && one.quantity === line.quantity)))
        wrong.push('a locked line is lost');
      if (new Set(lines.map((line) => line.produceId)).size !== lines.length) wrong.push('a kind twice');
      for (const { produceId, quantity } of lines) {
        const { step, least } = portionOf(byId.get(produceId)!, null);
        if (!kept.has(produceId) && (quantity % step !== 0 || quantity < least))
          wrong.push(`${quantity} of ${produceId} cannot be weighed`);
        const taken = asked.categories.length === 0 || asked.categories.includes(byId.get(produceId)!.category);
        if (!kept.has(produceId) && !taken) wrong.push('a category that it does not take');
      }
      const inside = new Set(lines.map((line) => line.produceId));
      for (const [one, other] of given.pairs)
        if (one !== other && inside.has(one) && inside.has(other) && !(kept.has(one) && kept.has(other))) wrong.push('a forbidden pair');
      for (const [family, kin] of Map.groupBy(lines, (line) => byId.get(line.produceId)!.family))
        if (family !== '' && kin.length > Math.max(given.familyMost, kin.filter((line) => kept.has(line.produceId)).length))
          wrong.push('too many of a family');
      for (const [other, larger] of tour.sizes.entries()) {
        if (!asked.target || !larger.target || asked.target >= larger.target) continue;
        const less = lines.filter(({ produceId, quantity }) => {
          const more = answer.sizes[other]!.lines.find((line) => line.produceId === produceId);
          const bothKept = kept.has(produceId) && larger.locked.some((line) => line.produceId === produceId);
          return more && more.quantity < quantity && !bothKept;
        });
        if (less.length) wrong.push('less in the larger basket');
      }
    }
  }
  return wrong;
}

describe('laws', () => {
  test('of the greedy filling', () => {
    const law = fc.property(asks, (given) => {
      expect(broken(given, answerGreedily(given))).toEqual([]);
    });
    fc.assert(law, { numRuns: 400 });
  });

  test('of the solver, which never costs more than the greedy filling nor less than its bound', () => {
    const solver = highsSolver(highs, 1);
    const law = fc.property(asks, (given) => {
      const answers = answerAll(given, solver);
      expect(broken(given, answers)).toEqual([]);
      const first = fillGreedily(roomOf(given, 0, new Map()));
      expect(answers[0]!.cost).toBeLessThanOrEqual(tourCost(roomOf(given, 0, new Map()), first) + 1e-6);
      for (const { bound, cost } of answers) expect(bound).toBeLessThanOrEqual(cost + 1e-6);
    });
    fc.assert(law, { numRuns: 60 });
  }, 60_000);

  test('the solver counts as we do: what it minimises is the cost of what it answers', () => {
    const law = fc.property(asks, (given) => {
      const room = roomOf(given, 0, new Map());
      const model = modelOf(room);
      let objective = 0;
      const spy: Solver = (asked, start) => {
        const found = highsSolver(highs, 1)(asked, start);
        objective = model.columns.reduce((sum, { cost }, index) => sum + cost * (found.values?.[index] ?? 0), 0);
        return found;
      };
      const { cost, by } = answerTour(given, [], spy);
      // Must-haves that cannot join cost the model nothing, and have no place in the filling: neither counts them.
      if (by === 'solver') expect(cost).toBeLessThanOrEqual(objective + 1e-4);
    });
    fc.assert(law, { numRuns: 40 });
  }, 60_000);
});

/** Every filling of one size with the portions of its places, when they are few. */
function* fillings(places: { least: number; most: number; step: number }[]): Generator<number[]> {
  const [first, ...rest] = places;
  if (!first) return yield [];
  for (const others of fillings(rest)) {
    yield [0, ...others];
    for (let quantity = first.least; quantity <= first.most; quantity += first.step) yield [quantity, ...others];
  }
}

test('the solver finds the best of all that can be tried', () => {
  const pieces = [11_700, 20_000, 11_500, 13_000].map((unitPrice, index) =>
    choice(index + 1, {
      unit: 'piece',
      unitPrice,
      grams: 500,
      available: 23_000 + 9000 * index,
      family: index < 2 ? 'choux' : '',
      useUp: index === 3,
    }),
  );
  const given = ask(pieces, [size(1, { target: targetOf(740), recent: new Map([[1, 1]]), weight: { least: 2000, most: 2600 } })], {
    familyMost: 1,
    pairs: [[3, 4]],
  });
  const room = roomOf(given, 0, new Map());
  const all = [...fillings(room.sizes[0]!.places)].map((one): Filling => [one]).filter((filling) => isLawful(room, filling));
  expect(all.length).toBeGreaterThan(20);
  const best = Math.min(...all.map((filling) => tourCost(room, filling)));
  const answer = answerTour(given, [], highsSolver(highs, 5));
  expect(answer.cost - best).toBeLessThanOrEqual(0.5);
  expect(answer.bound! - best).toBeLessThanOrEqual(1e-6);
});

describe('what is asked', () => {
  const solver = () => highsSolver(highs, 5);
  const linesOf = (answer: TourAnswer, at = 0) => new Map(answer.sizes[at]!.lines.map((line) => [line.produceId, line.quantity]));

  test('a target that can be met is met within its tolerance', () => {
    const given = sampleAsk(1);
    for (const answer of [answerTour(given, [], highsSolver(highs, 3)), ...answerGreedily(given).slice(0, 2)])
      for (const [at, one] of answer.sizes.entries()) {
        const value = one.lines.reduce((sum, line) => sum + line.quantity * given.choices[line.produceId - 1]!.unitPrice, 0);
        const { target } = given.tours[0]!.sizes[at]!;
        expect(Math.abs(value - target!) / target!).toBeLessThan(0.03);
      }
  }, 60_000);

  test('must-haves are in every basket, of every tour, when there is enough for all', () => {
    // 30 baskets × 200 g = 6 kg: exactly enough, and the first tour does not take the second one's part.
    const two = [choice(1, { available: 6000, mustHave: true }), choice(2), choice(3), choice(4)];
    const tours = [1, 2].map((tourId) => ({ tourId, sizes: [size(1, { baskets: 15 })] }));
    for (const answers of [answerAll(ask(two, [], { tours }), solver()), answerGreedily(ask(two, [], { tours }))])
      expect(answers.map((answer) => linesOf(answer).get(1))).toEqual([200, 200]);
  });

  test('a must-have stays out rather than meet what is forbidden beside it', () => {
    const given = ask([choice(1, { mustHave: true }), choice(2), choice(3)], [size(1, { locked: [{ produceId: 2, quantity: 500 }] })], {
      pairs: [[1, 2]],
    });
    expect([...linesOf(answerTour(given, [], solver())).keys()].sort()).toEqual([2, 3]);
  });

  test('what is to be used up goes first', () => {
    const given = ask(
      [choice(1), choice(2), choice(3), choice(4, { useUp: true, available: 10_000 })],
      [size(1, { kinds: { least: 2, most: 3 } })],
    );
    expect(linesOf(answerTour(given, [], solver())).get(4)).toBeGreaterThanOrEqual(950);
  });

  test('what was in it last week is left out when there is something else', () => {
    const given = ask(
      [1, 2, 3, 4].map((id) => choice(id)),
      [
        size(1, {
          kinds: { least: 2, most: 2 },
          recent: new Map([
            [1, 1],
            [3, 0.5],
          ]),
        }),
      ],
    );
    expect([...linesOf(answerTour(given, [], solver())).keys()].sort()).toEqual([2, 4]);
  });

  test('what the first tour takes, the second no longer finds', () => {
    const tours = [1, 2].map((tourId) => ({ tourId, sizes: [size(1, { target: targetOf(600), kinds: { least: 1, most: 1 } })] }));
    // 3 kg for 10 baskets: one tour of 300 g each at most, nothing worth weighing for the other.
    const given = ask([choice(1, { available: 3000, useUp: true }), choice(2)], [], { tours });
    const answers = answerAll(given, solver());
    expect(usedBy(given, answers).get(1) ?? 0).toBeLessThanOrEqual(3000);
  });

  test('nothing to propose from is an empty basket, with what is locked', () => {
    const given = ask([choice(1, { available: 0 })], [size(1, { locked: [{ produceId: 1, quantity: 700 }] }), size(2)]);
    const [answer] = answerGreedily(given);
    expect(answer!.sizes.map(({ lines }) => lines)).toEqual([[{ produceId: 1, quantity: 700 }], []]);
  });
});

test('a portion is what people weigh: dear things by less, none beyond twice its even part', () => {
  // 1,51 €/kg: 60 c. is 397 g, but 200 g are enough. Twice a ninth of 9,86 € is 2,19 €, that is 1,451 kg: 1450 g.
  expect(portionOf({ unit: 'kg', unitPrice: 15_100 }, targetOf(986), 9)).toEqual({ step: 50, least: 200, most: 1450 });
  // 8 €/kg: 60 c. is 75 g, so from 100 g; 2,19 € is 273 g: 250 g.
  expect(portionOf({ unit: 'kg', unitPrice: 80_000 }, targetOf(986), 9)).toEqual({ step: 50, least: 100, most: 250 });
  expect(portionOf({ unit: 'piece', unitPrice: 11_500 }, targetOf(986), 9)).toEqual({ step: 1000, least: 1000, most: 1000 });
  expect(portionOf({ unit: 'bunch', unitPrice: 0 }, null)).toEqual({ step: 1000, least: 1000, most: 2000 });
});

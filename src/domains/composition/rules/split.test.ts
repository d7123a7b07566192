import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Size, sharesOf, split, usedBy, usualStep } from './split.ts';

const sizes = (text: string): Size[] =>
  text.split(',').map((part) => {
    const [baskets, share] = part.split('@').map(Number) as [number, number];
    return { baskets, share };
  });

describe('worked examples', () => {
  test('100 kg for 60, 40 and 10 baskets at 17, 33 and 50: 36 + 46,4 + 17,6 kg', () => {
    expect(split(100_000, sizes('60@17,40@33,10@50'), 10)).toEqual({ perBasket: [600, 1160, 1760], used: 100_000, left: 0 });
  });
  test('150 lettuces: one each, though the small ones’ exact share is 0,86', () => {
    expect(split(150_000, sizes('100@40,50@60'), 1000)).toEqual({ perBasket: [1000, 1000], used: 150_000, left: 0 });
  });
  test('254 lettuces: 131 + 29 × 4 = 247, and 7 are left, too few for the 29', () => {
    expect(split(254_000, sizes('131@41,29@59'), 1000)).toEqual({ perBasket: [1000, 4000], used: 247_000, left: 7000 });
  });
  test('100 lettuces: the small baskets do not pass the large ones, even to use what is left', () => {
    expect(split(100_000, sizes('10@40,50@60'), 1000)).toEqual({ perBasket: [1000, 1000], used: 60_000, left: 40_000 });
  });
  test('sizes that share alike may differ by a step: 60 × 600 g + 40 × 590 g', () => {
    // 59,9 kg / 100 = 599 g: 590 each uses 59 kg; 900 g are left: 60 or 40 baskets can have 10 g more, not both.
    expect(split(59_900, sizes('60@1,40@1'), 10)).toEqual({ perBasket: [600, 590], used: 59_600, left: 300 });
  });
  test('what cannot be weighed is left: 1 234 g for one basket', () => {
    expect(split(1234, sizes('1@100'), 10)).toEqual({ perBasket: [1230], used: 1230, left: 4 });
  });
  test('nothing to share, nobody to share with, shares of nothing', () => {
    expect(split(0, sizes('60@17'), 10)).toEqual({ perBasket: [0], used: 0, left: 0 });
    expect(split(500, [], 10)).toEqual({ perBasket: [], used: 0, left: 500 });
    expect(split(500, sizes('0@50,3@0'), 10)).toEqual({ perBasket: [0, 0], used: 0, left: 500 });
    expect(split(9000, sizes('0@50,3@50'), 1000).perBasket).toEqual([0, 3000]);
  });
  // 82⁴ ways: looked at one by one, the page would wait.
  test('one basket beside hundreds', () => {
    expect(split(400_000, sizes('345@40,1@60'), 1000)).toEqual({ perBasket: [1000, 55_000], used: 400_000, left: 0 });
    const { perBasket, left } = split(900_000, sizes('3000@10,1@20,2@30,3@40,5@50'), 1000);
    expect({ perBasket, left }).toEqual({ perBasket: [0, 81_000, 81_000, 82_000, 82_000], left: 1000 });
  });
  test('refuses what is not a quantity', () => {
    for (const bad of [-1, 0.5, Number.NaN]) expect(() => split(bad, sizes('1@1'), 10)).toThrow(RangeError);
    expect(() => split(10, sizes('1@-1'), 10)).toThrow(RangeError);
    expect(() => split(10, sizes('1@1'), 0)).toThrow(RangeError);
  });
});

const anySize = fc.record({ baskets: fc.integer({ min: 0, max: 60 }), share: fc.integer({ min: 0, max: 100 }) });
const anyCase = fc.record({
  total: fc.integer({ min: 0, max: 400_000 }),
  sizes: fc.array(anySize, { minLength: 1, maxLength: 5 }),
  step: fc.constantFrom(10, 50, 1000),
});
const alive = ({ baskets, share }: Size) => baskets > 0 && share > 0;

describe('laws', () => {
  test('never more than the total, in whole steps, and nothing vanishes', () => {
    fc.assert(
      fc.property(anyCase, ({ total, sizes: all, step }) => {
        const { perBasket, used, left } = split(total, all, step);
        expect(left).toBeGreaterThanOrEqual(0);
        expect(used + left).toBe(total);
        expect(perBasket.reduce((sum, quantity, at) => sum + quantity * all[at]!.baskets, 0)).toBe(used);
        for (const [at, quantity] of perBasket.entries()) {
          expect(quantity % step).toBe(0);
          if (!alive(all[at]!)) expect(quantity).toBe(0);
        }
      }),
    );
  });

  test('nobody receives less than her exact share rounded down, and the greater share never less than the smaller', () => {
    fc.assert(
      fc.property(anyCase, ({ total, sizes: all, step }) => {
        const { perBasket } = split(total, all, step);
        const parts = all.reduce((sum, { baskets, share }) => sum + baskets * share, 0);
        for (const [at, size] of all.entries()) {
          if (!alive(size)) continue;
          expect(perBasket[at]! / step).toBeGreaterThanOrEqual(Math.floor((Math.floor(total / step) * size.share) / parts));
          for (const [to, other] of all.entries())
            if (alive(other) && other.share > size.share) expect(perBasket[to]!).toBeGreaterThanOrEqual(perBasket[at]!);
        }
      }),
    );
  });

  test('what is left is not enough for one more step in all baskets of any size that a greater share does not hold back', () => {
    fc.assert(
      fc.property(anyCase, ({ total, sizes: all, step }) => {
        const { perBasket, left } = split(total, all, step);
        for (const [at, size] of all.entries()) {
          const held = all.some((other, to) => alive(other) && other.share > size.share && perBasket[to]! < perBasket[at]! + step);
          if (alive(size) && !held) expect(left).toBeLessThan(size.baskets * step);
        }
      }),
    );
  });

  test('the left-over is the smallest, then the gaps to the shares: against all splits, tried one by one', () => {
    const small = fc.record({
      total: fc.integer({ min: 0, max: 60 }),
      sizes: fc.array(fc.record({ baskets: fc.integer({ min: 1, max: 9 }), share: fc.integer({ min: 1, max: 9 }) }), {
        minLength: 1,
        maxLength: 4,
      }),
    });
    fc.assert(
      fc.property(small, ({ total, sizes: all }) => {
        const found = split(total, all, 1);
        const told = { left: found.left, gap: gap(found.perBasket, total, all).toFixed(6) };
        expect(byTryingAll(total, all)).toContainEqual(told);
      }),
      { numRuns: 400, examples: [[{ total: 57, sizes: sizes('9@9,9@6,1@1') }]] },
    );
  });

  test('the order in which sizes are named changes nothing, nor does the scale of the shares', () => {
    fc.assert(
      fc.property(anyCase, fc.integer({ min: 2, max: 100 }), ({ total, sizes: all, step }, scale) => {
        const { left } = split(total, all, step);
        expect(split(total, [...all].reverse(), step).left).toBe(left);
        const scaled = all.map(({ baskets, share }) => ({ baskets, share: share * scale }));
        expect(split(total, scaled, step)).toEqual(split(total, all, step));
      }),
    );
  });

  test('quantities → shares → quantities comes back', () => {
    const rows = fc.array(fc.record({ baskets: fc.integer({ min: 1, max: 500 }), steps: fc.integer({ min: 0, max: 400 }) }), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(rows, fc.constantFrom(10, 1000), (all, step) => {
        fc.pre(givesBack(all));
        const perBasket = all.map(({ steps }) => steps * step);
        const shares = sharesOf(perBasket);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(perBasket.some(Boolean) ? 10_000 : 0);
        const { used } = usedBy(0, all, perBasket);
        const back = split(
          used,
          all.map(({ baskets }, at) => ({ baskets, share: shares[at]! })),
          step,
        );
        expect(back).toEqual({ perBasket, used, left: 0 });
      }),
      { numRuns: 300 },
    );
  });
});

test('quantities that exceed the total say by how much', () => {
  expect(usedBy(10_000, sizes('10@0,2@0'), [800, 1500])).toEqual({ perBasket: [800, 1500], used: 11_000, left: -1000 });
  expect(['kg', 'piece', 'bunch', 'box'].map((unit) => usualStep(unit as 'kg'))).toEqual([10, 1000, 1000, 1000]);
});

/** The bound that `sharesOf` states: S × (1 + most / mean) < 5 000 steps. */
function givesBack(all: { baskets: number; steps: number }[]): boolean {
  const total = (of: (one: { baskets: number; steps: number }) => number) => all.reduce((sum, one) => sum + of(one), 0);
  const mean = total(({ baskets, steps }) => baskets * steps) / total(({ baskets }) => baskets);
  return mean === 0 || total(({ steps }) => steps) * (1 + Math.max(...all.map(({ steps }) => steps)) / mean) < 5_000;
}

/** The definition, word for word: the fewest steps more per basket for which the best split is full; then left-over, then gaps. */
function byTryingAll(total: number, all: Size[]): { left: number; gap: string }[] {
  const parts = all.reduce((sum, { baskets, share }) => sum + baskets * share, 0);
  const floors = all.map(({ share }) => Math.floor((total * share) / parts));
  const ordered = (given: number[]) =>
    all.every((one, at) => all.every((other, to) => other.share <= one.share || given[to]! >= given[at]!));
  const leftOf = (given: number[]) => total - given.reduce((sum, steps, at) => sum + steps * all[at]!.baskets, 0);
  const rises = (way: number[]) =>
    all.some((_, at) => {
      const raised = way.map((steps, to) => (to === at ? steps + 1 : steps));
      return leftOf(raised) >= 0 && ordered(raised);
    });
  const answers: { left: number; gap: string }[] = [];
  for (let most = 1; ; most++) {
    let ways: number[][] = [[]];
    for (const floor of floors) ways = ways.flatMap((way) => Array.from({ length: most + 1 }, (_, more) => [...way, floor + more]));
    ways = ways.filter((way) => leftOf(way) >= 0 && ordered(way));
    const left = Math.min(...ways.map(leftOf));
    const told = (way: number[]) => gap(way, total, all).toFixed(6);
    const least = ways.filter((way) => leftOf(way) === left);
    const nearest = Math.min(...least.map((way) => gap(way, total, all))).toFixed(6);
    const chosen = least.filter((way) => told(way) === nearest);
    // Two ways as near as each other: either may be the answer, and only one of them may be full.
    if (chosen.some((way) => !rises(way))) answers.push({ left, gap: nearest });
    if (chosen.every((way) => !rises(way))) return answers;
  }
}

function gap(given: number[], total: number, all: Size[]): number {
  const parts = all.reduce((sum, { baskets, share }) => sum + baskets * share, 0);
  return given.reduce((sum, steps, at) => sum + all[at]!.baskets * (steps - (total * all[at]!.share) / parts) ** 2, 0);
}

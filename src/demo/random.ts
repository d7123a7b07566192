/** Chance that always falls the same way: a demonstration must be the same everywhere, and a test can compare it. */
export type Chance = {
  /** 0 ≤ x < 1 */
  next: () => number;
  /** A whole number from `from` to `to`, both included. */
  between: (from: number, to: number) => number;
  /** True `share` times of one: `happens(0.2)`. */
  happens: (share: number) => boolean;
  pick: <T>(list: readonly T[]) => T;
  /** One of the values, each as often as its weight says. */
  weighted: <T>(list: readonly (readonly [T, number])[]) => T;
};

/** @param seed any whole number: each garden has its own. The generator is « mulberry32 ». */
export function chance(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    between,
    happens: (share) => next() < share,
    pick: (list) => list[between(0, list.length - 1)]!,
    weighted: (list) => {
      let left = next() * list.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [value, weight] of list) {
        left -= weight;
        if (left < 0) return value;
      }
      return list.at(-1)![0];
    },
  };
}

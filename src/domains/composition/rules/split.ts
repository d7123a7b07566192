import { share } from '#kernel/money.ts';
import type { Thousandths, Unit } from '#kernel/quantity.ts';

/**
 * Sharing a harvest between baskets of several sizes, in exact integers.
 *
 * A **share** says how much ONE basket of a size receives beside one basket of the others: « le petit 17, le moyen 33, le grand 50 » is one part,
 * two parts, three parts, whatever the number of baskets. It is not the part of the total that all baskets of a size have between them: with 60
 * small baskets and 10 large ones, 17 % and 50 % of the total would put 5 kg in each large basket and 280 g in each small one, and a customer who
 * leaves would change what all the others receive. Shares count one beside the other; by habit they make 100.
 *
 * What is handed out (`split`):
 * 1. nobody receives less than her exact share, rounded down to the step (10 g, one piece);
 * 2. what is left then is handed out in whole steps, one step for all baskets of a size at a time: as few more steps per basket as it takes (k) for
 *    nobody to be able to receive one more; and with at most k, so that as little as possible is left;
 * 3. a basket with a greater share never receives less than one with a smaller share;
 * 4. among splits that leave as little, the one nearest to the exact shares (least squares, basket by basket).
 *
 * Worked examples:
 * - 100 kg, 60@17, 40@33, 10@50. Parts: 60 × 17 + 40 × 33 + 10 × 50 = 2840. Exact shares: 100 000 × 17 / 2840 = 598.6 g, 1162.0 g, 1760.6 g.
 *   Rounded down: 590, 1160, 1760, that is 35.4 + 46.4 + 17.6 = 99.4 kg. 600 g are left: 10 g more for the 60 small ones.
 *   Result: 600 g, 1160 g, 1760 g; 36 + 46.4 + 17.6 = 100 kg, nothing is left.
 * - 150 lettuces, 100@40, 50@60. Parts: 7000. Exact: 0.86 and 1.29, rounded down 0 and 1: 50 given, 100 left: one more for the 100.
 *   Result: 1 and 1, nothing is left.
 * - 254 lettuces, 131@41, 29@59. Exact: 1.47 and 2.12, rounded down 1 and 2: 189 given, 65 left. One more for the 29 leaves 36, enough for one more
 *   (k = 2): 1 and 4, 131 + 116 = 247 given, 7 left: fewer than 29 and than 131.
 * - 100 lettuces, 10@40, 50@60. Exact: 1.18 and 1.76, rounded down 1 and 1: 60 given, 40 left. The 50 cannot have one more, and the 10 small ones
 *   must not have more than the large ones: 1 and 1, 40 are left.
 */
export type Size = { baskets: number; share: number };

/** `perBasket` in the order of the sizes; used + left = the total. All in thousandths of the unit. */
export type Split = { perBasket: Thousandths[]; used: Thousandths; left: Thousandths };

/** What people can weigh or count: 10 g, one piece, one bunch, one box. */
export const usualStep = (unit: Unit): Thousandths => (unit === 'kg' ? 10 : 1000);

/** A size among those that receive something: its exact share is `floor` steps and `rest` / parts of one. */
type Live = Size & { at: number; floor: number; rest: number };

/**
 * @param total thousandths of the unit, a whole number from 0 on.
 * @param sizes `baskets` and `share`: whole numbers from 0 on (shares at most a million: hundredths of a per cent are). A size without baskets or
 *   without share receives nothing.
 * @param step thousandths of the unit.
 * @throws {RangeError} when one of these is not such a number.
 */
export function split(total: Thousandths, sizes: readonly Size[], step: Thousandths): Split {
  for (const number of [total, step, ...sizes.flatMap(({ baskets, share }) => [baskets, share])])
    if (!Number.isSafeInteger(number) || number < 0) throw new RangeError(`${number} is not a whole number from 0 on`);
  if (step === 0) throw new RangeError('A step is more than nothing');
  const steps = Math.floor(total / step);
  const parts = sizes.reduce((sum, { baskets, share }) => sum + baskets * share, 0);
  const given = new Array<number>(sizes.length).fill(0);
  if (parts > 0) {
    const live = sizes
      .map((size, at) => ({ ...size, at, floor: Math.floor((steps * size.share) / parts), rest: (steps * size.share) % parts }))
      .filter(({ baskets, share }) => baskets > 0 && share > 0)
      .sort((a, b) => a.share - b.share);
    const more = handOut(live, steps - sum(live, ({ floor }) => floor), parts);
    for (const [index, { at, floor }] of live.entries()) given[at] = floor + more[index]!;
  }
  const perBasket = given.map((count) => count * step);
  const used = perBasket.reduce((all, quantity, at) => all + quantity * sizes[at]!.baskets, 0);
  return { perBasket, used, left: total - used };
}

/** Steps of so many baskets: Σ baskets × steps per basket. */
const sum = (live: readonly Live[], each: (size: Live, at: number) => number): number =>
  live.reduce((all, size, at) => all + size.baskets * each(size, at), 0);

/** How many steps each size receives on top of its floor; `live` in the order of the shares. */
function handOut(live: readonly Live[], rest: number, parts: number): number[] {
  const top = Math.min(...live.filter(({ share }) => share === live.at(-1)!.share).map(({ baskets }) => baskets));
  const movable = live.filter(({ baskets }) => baskets <= rest).reduce((all, { baskets }) => all + baskets, 0);
  for (let most = 1; ; ) {
    const more = best(live, rest, most, parts);
    const left = rest - sum(live, (_, at) => more[at]!);
    if (isFull(live, more, left)) return more;
    // The greatest share is held back by nobody: it is full only when fewer steps are left than it has baskets. So many more levels at least.
    most += Math.max(1, Math.ceil((left - top + 1) / movable));
  }
}

/** Whether a size can receive one more step without exceeding what is left, nor passing a greater share. */
const mayRise = (live: readonly Live[], more: readonly number[], at: number, left: number): boolean => {
  const { baskets, share, floor } = live[at]!;
  return baskets <= left && live.every((other, to) => other.share <= share || other.floor + more[to]! > floor + more[at]!);
};

const isFull = (live: readonly Live[], more: readonly number[], left: number): boolean =>
  !live.some((_, at) => mayRise(live, more, at, left));

/** What giving one step after the other uses, as long as somebody may rise: no more than the best does. */
function usedAtLeast(live: readonly Live[], rest: number, most: number): number {
  const more = live.map(() => 0);
  let left = rest;
  for (let before = -1; before !== left; ) {
    before = left;
    for (let at = live.length - 1; at >= 0; at--) {
      if (more[at]! >= most || !mayRise(live, more, at, left)) continue;
      more[at]! += 1;
      left -= live[at]!.baskets;
    }
  }
  return rest - left;
}

/** What the sizes looked at so far have taken: `least` holds for the share being looked at, `highest` for the next greater one (steps per basket). */
type Taken = { used: number; least: number; highest: number; cost: number; more: number; before: Taken | null };

/** Of all ways to give at most `most` steps more to each size: uses most of `rest`, then nearest to the exact shares. By dynamic programming. */
function best(live: readonly Live[], rest: number, most: number, parts: number): number[] {
  const least = usedAtLeast(live, rest, most);
  // What the sizes that follow can take at most: a way that cannot reach what is known to be reached is left at once.
  const ahead = live.map((_, at) => sum(live.slice(at + 1), ({ baskets }) => Math.min(most, Math.floor(rest / baskets))));
  let reached: Taken[] = [{ used: 0, least: 0, highest: 0, cost: 0, more: 0, before: null }];
  for (const [at, size] of live.entries()) {
    const entering = live[at - 1]?.share !== size.share;
    const next = new Map<string, Taken>();
    for (const state of reached) {
      const lowest = entering ? Math.max(state.highest, size.floor) : state.least;
      const highest = entering ? lowest : state.highest;
      const enough = Math.ceil((least - ahead[at]! - state.used) / size.baskets);
      for (let more = Math.max(lowest - size.floor, enough); more <= most && state.used + more * size.baskets <= rest; more++) {
        const taken: Taken = {
          used: state.used + more * size.baskets,
          least: lowest,
          highest: Math.max(highest, size.floor + more),
          cost: state.cost + farther(size, more, parts),
          more,
          before: state,
        };
        const key = `${taken.used} ${taken.least} ${taken.highest}`;
        const known = next.get(key);
        if (!known || taken.cost < known.cost) next.set(key, taken);
      }
    }
    reached = [...next.values()];
  }
  let chosen = reached[0]!;
  for (const one of reached) if (one.used > chosen.used || (one.used === chosen.used && one.cost < chosen.cost)) chosen = one;
  const more: number[] = [];
  for (let state: Taken = chosen; state.before; state = state.before) more.unshift(state.more);
  return more;
}

/** By how much the squares of the gaps to the exact share grow: baskets × ((more − rest/parts)² − (rest/parts)²) × parts, a whole number. */
const farther = ({ baskets, rest }: Live, more: number, parts: number): number => baskets * more * (more * parts - 2 * rest);

/**
 * The shares that quantities stand for, in hundredths of a per cent: they make 10 000 (largest remainder), or all 0 when there is nothing.
 * `split` of what these quantities use gives them back as long as rounding the shares moves none by half a step. With one basket of each size making
 * S steps together, `most` steps in the greatest basket and `mean` in the mean one: S × (1 + most / mean) < 5 000. That is 25 kg where sizes are
 * alike, less where a few baskets are far greater than all the others.
 */
export const sharesOf = (perBasket: readonly Thousandths[]): number[] =>
  perBasket.some((quantity) => quantity > 0) ? share(10_000, perBasket) : perBasket.map(() => 0);

/** What quantities use of a total, as `split` says it; `left` is negative when they exceed it: the caller refuses. */
export function usedBy(total: Thousandths, sizes: readonly { baskets: number }[], perBasket: readonly Thousandths[]): Split {
  const used = perBasket.reduce((all, quantity, at) => all + quantity * sizes[at]!.baskets, 0);
  return { perBasket: [...perBasket], used, left: total - used };
}

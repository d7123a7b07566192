import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { type Envelope, type Line, lineOf, type Payer, type Programme, Purse } from './settle.ts';

/**
 * Baskets that a funder was asked for and that somebody else pays: what it paid is taken back by its mirror, and the other pays as much. Pure; the person's part
 * and what the others pay stay as they are, so the lines of each basket still add up to its price.
 */

/** What a funder pays of a basket, as it stands. */
export type Standing = Payer & {
  funder: number;
  path: number;
  programme: number;
  subscription: number;
  day: Day;
  unit: number;
  product: number;
};

/** @returns the lines to write, or what the envelopes of who should pay lack, in cents. An envelope goes below zero where its programme allows it. */
export function moving(
  standing: readonly Standing[],
  to: number,
  programmes: readonly Pick<Programme, 'id' | 'whenShort'>[],
  envelopes: readonly Envelope[],
): { lines: Line[] } | { lacks: Cents } {
  const purse = new Purse(envelopes);
  const allows = new Set(programmes.filter(({ whenShort }) => whenShort === 'allow').map(({ id }) => id));
  const lines: Line[] = [];
  let lacks = 0;
  for (const one of standing) {
    const back = lineOf(one, { funder: one.funder, envelope: one.envelope, cents: -one.cents }, -1);
    purse.take([back]);
    const { parts, missing } = purse.draw(one.programme, to, one.day, one.cents);
    if (missing > 0 && allows.has(one.programme))
      parts.push({ funder: to, envelope: purse.beyond(one.programme, to, one.day), cents: missing });
    else lacks += missing;
    const paid = gathered(parts).map((part) => lineOf(one, part, 1));
    purse.take(paid);
    lines.push(back, ...paid);
  }
  return lacks > 0 ? { lacks } : { lines };
}

/** One part for each envelope: a basket is counted once on it. */
const gathered = (parts: readonly Payer[]): Payer[] =>
  [...Map.groupBy(parts, ({ envelope }) => envelope).values()].map((same) => ({
    ...same[0]!,
    cents: same.reduce((sum, { cents }) => sum + cents, 0),
  }));

import type { Thousandths } from '#kernel/quantity.ts';
import type { Choice } from './ask.ts';

/** What people weigh and count: `least`, then step by step, up to `most`. All three are whole numbers of thousandths. */
export type Portion = { step: Thousandths; least: Thousandths; most: Thousandths };

/** On the scale: by 50 g. The rest is counted whole. */
const step = { kg: 50, piece: 1000, bunch: 1000, box: 1000 } as const;
const most = { kg: 2500, piece: 4000, bunch: 2000, box: 2000 } as const;
/** A kind is worth its place from 60 cents on, or from 200 g; none makes more than twice its even part of a basket. */
const worthwhile = 6_000_000;
const enough = 200;
const largestPart = 2;

/**
 * Sensible amounts of a produce in a basket. What is dear comes in smaller portions than what is cheap (garlic at 8 € a kilogram: from 100 g;
 * carrots at 1,51 €: from 200 g).
 * @param target of the basket, in ten-millionths of a euro. @param kinds that will share it.
 */
export function portionOf({ unit, unitPrice }: Pick<Choice, 'unit' | 'unitPrice'>, target: number | null, kinds = 1): Portion {
  const one = step[unit];
  const upTo = (value: number) => (unitPrice > 0 ? Math.floor(value / (unitPrice * one)) * one : most[unit]);
  const least = unit === 'kg' ? Math.max(one, Math.min(enough, upTo(worthwhile) + one)) : one;
  const part = target === null ? most[unit] : Math.min(most[unit], upTo((target * largestPart) / kinds));
  return { step: one, least, most: Math.max(least, part) };
}

import type { Cents } from '#kernel/money.ts';

/** A change of prices: in hundredths of a percent (250 is 2,5 %), then rounded to a multiple of some cents. */
export type Raise = { basisPoints: number; step: 5 | 10 };

/** The new price, rounded to the nearest step, up when halfway. A change of nothing leaves the price as it is, rounded or not. */
export function raised(cents: Cents, { basisPoints, step }: Raise): Cents {
  if (basisPoints === 0) return cents;
  // In whole numbers all along: no half is lost to a fraction.
  const [amount, unit] = [cents * (10_000 + basisPoints), 10_000 * step];
  return Math.floor((2 * amount + unit) / (2 * unit)) * step;
}

/** « 2,5 », « -3 % », « +10 » → hundredths of a percent; null when it is not a percentage with two decimals at most, or out of reason. */
export function parsePercent(text: string): number | null {
  const match = /^([+-]?)(\d{1,3})(?:[.,](\d{1,2}))?$/.exec(text.replace(/[\s\u00a0\u202f%]/g, '').replace('−', '-'));
  if (!match) return null;
  const points = Number(match[2]) * 100 + Number((match[3] ?? '').padEnd(2, '0'));
  const signed = match[1] === '-' && points > 0 ? -points : points;
  return signed >= -5000 && signed <= 10_000 ? signed : null;
}

/** An amount in integer euro cents. Nothing else is stored; exact decimals live only inside a computation. */
export type Cents = number;

const euros = new Intl.NumberFormat('fr-FR', { style: 'currency', currency: 'EUR' });

/** 1380 → « 13,80 € », -95 → « −0,95 € » (a minus sign, as wide as a figure, that no line ends after). */
export const formatEuros = (cents: Cents): string => euros.format(cents / 100).replace('-', '−');

/**
 * « 13,80 », « 1 234.5 », « -13,80 € » → cents, or null when it is not an amount with at most two decimals.
 * Both decimal signs are read; a thousands separator only where it cannot be mistaken for one.
 */
export function parseEuros(text: string): Cents | null {
  const bare = text.replace(/[\s\u00a0\u202f€]/g, '').replace('−', '-');
  const match = /^([+-]?)(\d{1,9}|\d{1,3}(?:\.\d{3})+(?=,)|\d{1,3}(?:,\d{3})+(?=\.))(?:[.,](\d{1,2}))?$/.exec(bare);
  if (!match) return null;
  const whole = Number(match[2]?.replace(/[.,]/g, ''));
  const cents = whole * 100 + Number((match[3] ?? '0').padEnd(2, '0'));
  return match[1] === '-' && cents !== 0 ? -cents : cents;
}

/**
 * Splits an amount by weights, in whole cents that add up exactly: cents left over go to the largest remainders, the first one on a tie.
 * `share(1000, [1, 1, 1])` → [334, 333, 333]. Weights are whole and not all 0.
 */
export function share(cents: Cents, weights: readonly number[]): Cents[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  if (whole <= 0) throw new Error('An amount cannot be split by nothing.');
  const parts = weights.map((weight, index) => ({ index, floor: Math.floor((cents * weight) / whole), rest: (cents * weight) % whole }));
  let left = cents - parts.reduce((sum, part) => sum + part.floor, 0);
  for (const part of parts.toSorted((a, b) => b.rest - a.rest || a.index - b.index)) if (left-- > 0) part.floor++;
  return parts.map((part) => part.floor);
}

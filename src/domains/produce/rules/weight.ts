import type { Thousandths, Unit } from '#kernel/quantity.ts';

/**
 * What a quantity weighs, in grams; null when the weight of a piece (bunch, box) is not known. Exact, so it may have decimals: half a piece of
 * 125 g weighs 62.5 g.
 */
export function gramsOf(quantity: Thousandths, { unit, pieceGrams }: { unit: Unit; pieceGrams: number | null }): number | null {
  if (unit === 'kg') return quantity;
  return pieceGrams === null ? null : (quantity * pieceGrams) / 1000;
}

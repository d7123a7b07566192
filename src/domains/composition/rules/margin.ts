import { dividedBy, type Exact, exact, minus, plus, sign, times, zero } from '#kernel/exact.ts';
import type { Thousandths, Unit, UnitPrice } from '#kernel/quantity.ts';

/**
 * What a basket costs and what is left of its price. Everything is exact until it is shown. The same module answers on the server, in the
 * browser and on the command line.
 */

/** So much of something in one basket. No price, or no weight of a piece: it counts for nothing there, and is told. */
export type CountedLine = { quantity: Thousandths; unit: Unit; unitPrice: UnitPrice | null; pieceGrams: number | null };

/** Whether margins are counted on the price that customers pay, or on what is left of it once VAT is taken off. */
export type MarginBase = 'with_vat' | 'without_vat';

export type Terms = {
  priceCents: number;
  vatBasisPoints: number;
  /** 4000 is 40 %. */
  wishedMarginBasisPoints: number | null;
  targetDepartureCents: number | null;
  marginBase: MarginBase;
};

export type Figures = {
  /** « Prix de départ »: Σ quantity × reference price. Euros, as all amounts here. */
  departure: Exact;
  /** The price on which margins are counted. */
  price: Exact;
  /** What it should cost to leave the wished margin; null when none is wished. */
  withMargin: Exact | null;
  /** Price − price with the wished margin; without a wished margin, departure price aimed at − departure price. Below 0: the basket is too rich. */
  gap: Exact | null;
  /** Price over departure price, less 1: 0.31 is 31 %. Null for an empty basket. */
  realMargin: Exact | null;
  /** Gap × number of baskets. */
  budgetGap: Exact | null;
  grams: Exact;
  /** Lines that have no price, and no known weight. */
  unpriced: number;
  unweighed: number;
};

const fourDecimals = exact(1, 10_000);

/** Quantity × reference price, in euros. */
export const lineCost = ({ quantity, unitPrice }: Pick<CountedLine, 'quantity' | 'unitPrice'>): Exact =>
  times(exact(quantity, 1000), times(exact(unitPrice ?? 0), fourDecimals));

/** In grams; null when the weight of a piece is not known. */
export function lineGrams({ quantity, unit, pieceGrams }: Omit<CountedLine, 'unitPrice'>): Exact | null {
  if (unit === 'kg') return exact(quantity);
  return pieceGrams === null ? null : exact(BigInt(quantity) * BigInt(pieceGrams), 1000);
}

export const departurePrice = (lines: readonly Pick<CountedLine, 'quantity' | 'unitPrice'>[]): Exact =>
  lines.reduce((sum, line) => plus(sum, lineCost(line)), zero);

/** The price on which margins are counted: 13,80 € with VAT; 13,80 ÷ 1,055 without. @param priceCents may be a sum of prices. */
export const marginPrice = (priceCents: number, { vatBasisPoints, marginBase }: Pick<Terms, 'vatBasisPoints' | 'marginBase'>): Exact => {
  const paid = exact(priceCents, 100);
  return marginBase === 'with_vat' ? paid : dividedBy(paid, exact(10_000 + vatBasisPoints, 10_000));
};

/** Price over cost, less 1; null when nothing was spent. */
export const realMargin = (price: Exact, cost: Exact): Exact | null => (sign(cost) > 0 ? minus(dividedBy(price, cost), exact(1)) : null);

/** What follows from a departure price, whatever it is made of. @param wished 0.4 is 40 %. @param aim the departure price aimed at. */
export function gapsOf(
  departure: Exact,
  price: Exact,
  wished: Exact | null,
  aim: Exact | null,
  baskets: number,
): Pick<Figures, 'departure' | 'price' | 'withMargin' | 'gap' | 'realMargin' | 'budgetGap'> {
  const withMargin = wished && times(departure, plus(exact(1), wished));
  const gap = withMargin ? minus(price, withMargin) : aim && minus(aim, departure);
  return { departure, price, withMargin, gap, realMargin: realMargin(price, departure), budgetGap: gap && times(gap, exact(baskets)) };
}

/** All that is said of a basket of these lines, of which so many leave. */
export function figuresOf(lines: readonly CountedLine[], terms: Terms, baskets: number): Figures {
  const { wishedMarginBasisPoints: wished, targetDepartureCents: aim } = terms;
  const weights = lines.map(lineGrams);
  return {
    ...gapsOf(
      departurePrice(lines),
      marginPrice(terms.priceCents, terms),
      wished === null ? null : exact(wished, 10_000),
      aim === null ? null : exact(aim, 100),
      baskets,
    ),
    grams: weights.reduce<Exact>((sum, grams) => (grams ? plus(sum, grams) : sum), zero),
    unpriced: lines.filter((line) => line.unitPrice === null).length,
    unweighed: weights.filter((grams) => grams === null).length,
  };
}

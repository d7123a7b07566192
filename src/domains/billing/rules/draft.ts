import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';

/** What a line of a document bills; modes of billing compare what is owed with what stands in lines of theirs (`advance`, `basket`, `settlement`). */
export type LineKind = 'basket' | 'advance' | 'settlement' | 'delivery_fee' | 'charge';

/** A line before it is issued. Given back: the quantity, or the price, is below zero, never both. */
export type DraftLine = {
  kind: LineKind;
  label: string;
  detail?: string;
  /** Whole thousandths: 1000 is one. */
  quantity: number;
  /** With or without VAT, as `vatIncluded` says. */
  unitPrice: Cents;
  vatBasisPoints: number;
  vatIncluded: boolean;
  /** Number of an account in use (701000, 419100…) and code of an activity. */
  account: string;
  activity?: string | null;
  product?: number | null;
  subscription?: number | null;
  charge?: number | null;
  /** The line of an invoice that it credits: its mirror, to the cent. */
  credits?: number | null;
  /** The deliveries it is about. */
  from?: Day | null;
  until?: Day | null;
};

/** A document before it is issued: it has no number yet. Σ of its lines tells whether it is an invoice or a credit note. */
export type Draft = {
  customer: number;
  day: Day;
  dueOn: Day;
  title?: string;
  note?: string;
  /** What it is made from, said once: « run:12:345 ». A second draft with the same source is left out. */
  source?: string | null;
  run?: number | null;
  /** The document it credits. */
  credits?: number | null;
  lines: DraftLine[];
};

/**
 * Lines as a garden may bill them: one that is not liable for VAT (article 293 B du CGI) bills none, and what was entered stays what is paid. A line that
 * credits another keeps the rate of that one, whatever the garden has become since. Previews and `issue` both go through here.
 */
export const asLiable = <Line extends DraftLine>(lines: readonly Line[], vatLiable: boolean): Line[] =>
  vatLiable ? [...lines] : lines.map((line) => (line.credits ? line : { ...line, vatBasisPoints: 0 }));

export type Amounts = { net: Cents; vat: Cents; gross: Cents };

/** Half a cent goes away from zero, so that a credit is the mirror of its invoice to the cent. */
const rounded = (numerator: number, denominator: number): Cents => {
  const sign = numerator < 0 ? -1 : 1;
  return sign * Math.floor((2 * Math.abs(numerator) + denominator) / (2 * denominator)) || 0;
};

/**
 * The amounts of a line, rounded once: what was entered (with VAT or without) is quantity × price to the cent, and VAT is the part of it that its rate says.
 * A garden that is not liable gives a rate of 0 (article 293 B du CGI). Exact for quantity × price up to 4 × 10¹¹.
 */
export function lineAmounts({ quantity, unitPrice, vatBasisPoints, vatIncluded }: Omit<DraftLine, 'kind' | 'label' | 'account'>): Amounts {
  const entered = rounded(quantity * unitPrice, 1000);
  const vat = vatIncluded ? rounded(entered * vatBasisPoints, 10_000 + vatBasisPoints) : rounded(entered * vatBasisPoints, 10_000);
  return vatIncluded ? { net: entered - vat, vat, gross: entered } : { net: entered, vat, gross: entered + vat };
}

/** Σ of lines, and by rate, in the order of rates. Totals are sums of rounded lines: they always agree with them. */
export function totals(
  lines: readonly (Amounts & { vatBasisPoints: number })[],
): Amounts & { rates: (Amounts & { vatBasisPoints: number })[] } {
  const sum = (some: readonly Amounts[]): Amounts => ({
    net: some.reduce((total, { net }) => total + net, 0),
    vat: some.reduce((total, { vat }) => total + vat, 0),
    gross: some.reduce((total, { gross }) => total + gross, 0),
  });
  const byRate = Map.groupBy(lines, ({ vatBasisPoints }) => vatBasisPoints);
  const rates = [...byRate].sort(([a], [b]) => a - b).map(([vatBasisPoints, some]) => ({ vatBasisPoints, ...sum(some) }));
  return { ...sum(lines), rates };
}

import { type Day, shortDay } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import type { DocumentKind } from './rules/numbers.ts';

export const documentKinds: Record<DocumentKind, string> = { invoice: 'Facture', credit_note: 'Avoir' };

/** Rates of VAT in use in metropolitan France and overseas, in basis points. */
export const vatRates = [0, 210, 550, 850, 1000, 2000] as const;

export const sendingWays = { mail: 'Par e-mail', print: 'Imprimé' } as const;

export const months = [
  ...['janvier', 'février', 'mars', 'avril', 'mai', 'juin'],
  ...['juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'],
].map((label, at) => ({ value: String(at + 1).padStart(2, '0'), label: label.charAt(0).toUpperCase() + label.slice(1) }));

type Priced = { unitPrice: Cents; vatBasisPoints: number; vatIncluded: boolean };
const quantity = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 3 });
const rate = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 2 });
const price = new Intl.NumberFormat('fr-FR', { style: 'currency', currency: 'EUR', minimumFractionDigits: 2, maximumFractionDigits: 4 });
const minus = (text: string) => text.replace('-', '−');

/** 4000 → « 4 », -1500 → « −1,5 ». */
export const sayQuantity = (thousandths: number): string => minus(quantity.format(thousandths / 1000));
/** 550 → « 5,5 % ». */
export const sayRate = (basisPoints: number): string => `${rate.format(basisPoints / 100)} %`;

/** The price of one, with VAT or without: the one that was not entered has up to four decimals, since it is told and not counted with. */
export function sayUnitPrice({ unitPrice, vatBasisPoints, vatIncluded }: Priced, withVat: boolean): string {
  const entered: Cents = unitPrice;
  const factor = 1 + vatBasisPoints / 10_000;
  const shown = withVat === vatIncluded ? entered : withVat ? entered * factor : entered / factor;
  return minus(price.format(shown / 100));
}

/** « livraisons du 01/10/2025 au 31/10/2025 », « livraison du … », or nothing. */
export function sayPeriod(from: Day | null, until: Day | null): string {
  if (!from && !until) return '';
  if (!from || !until || from === until) return `livraison du ${shortDay((from ?? until)!)}`;
  return `livraisons du ${shortDay(from)} au ${shortDay(until)}`;
}

/** Beneath the label of a line: its detail, and the deliveries that it is about, unless the detail names their days already. */
export function lineDetail({ detail, from, until }: { detail: string; from: Day | null; until: Day | null }): string {
  const told = [from, until].some((day) => day !== null && detail.includes(shortDay(day)));
  return [detail, told ? '' : sayPeriod(from, until)].filter(Boolean).join(' · ');
}

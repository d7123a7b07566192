import { type Exact, exact, times, toDecimal } from '#kernel/exact.ts';

/**
 * Figures of a composition as they are read. A half goes towards zero: gardens know the pilot's 10,535 € as « 10,53 € », for the spreadsheets
 * they come from hold it as 10,53499…; and a basket that is said to cost half a cent too little, or a gap to be half a cent smaller, worries
 * nobody. The formatter is given text, never a number of the machine, so that a half is a half.
 */
type Formatter = { format(value: string): string };
const formatter = (options: Intl.NumberFormatOptions): Formatter =>
  new Intl.NumberFormat('fr-FR', { roundingMode: 'halfTrunc', ...options }) as unknown as Formatter;

const money = { style: 'currency', currency: 'EUR' } as const;
const cents = formatter(money);
const signedCents = formatter({ ...money, signDisplay: 'exceptZero' });
const wholeEuros = formatter({ ...money, maximumFractionDigits: 0, signDisplay: 'exceptZero' });
const percent = formatter({ style: 'percent', maximumFractionDigits: 0, signDisplay: 'negative' });
const kilos = formatter({ minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** 10.535 → « 10,53 € » */
export const sayEuros = (value: Exact): string => cents.format(toDecimal(value));
/** −0.949 → « −0,95 € », 0.2 → « +0,20 € » */
export const sayGap = (value: Exact): string => real(signedCents.format(toDecimal(value)));
/** −327.405 → « −327 € » */
export const sayBudgetGap = (value: Exact): string => real(wholeEuros.format(toDecimal(value)));
/** 0.3099 → « 31 % » */
export const sayMargin = (value: Exact): string => real(percent.format(toDecimal(value)));
/** 4350 grams → « 4,35 kg » */
export const sayWeight = (grams: Exact): string => `${kilos.format(toDecimal(times(grams, exact(1, 1000))))} kg`;

/** A minus as wide as a plus, which a column of figures needs. */
const real = (text: string): string => text.replace('-', '−');

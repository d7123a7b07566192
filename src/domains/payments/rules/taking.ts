import { lineAmounts } from '#domains/billing/rules/draft.ts';
import { type Cents, formatEuros } from '#kernel/money.ts';

/** A day of market: what was sold, VAT included, by kind and rate; what was received, by way of paying. */
export type Sale = { label: string; account: string; vatBasisPoints: number; grossCents: Cents };
/** Cheques come one by one, with what stands on them. */
export type Receipt = { method: number; account: string; amount: Cents; reference?: string; bank?: string };

/** Rates in force in mainland France (articles 278, 278-0 bis, 279, 281 octies du CGI), in hundredths of a percent; the most usual here first. */
export const vatRates = [550, 1000, 2000, 210, 0] as const;

const sum = (amounts: readonly Cents[]): Cents => amounts.reduce((total, amount) => total + amount, 0);

/** Why the two sides do not agree, in French; null when they do, to the cent. */
export function whyNotTaking(sales: readonly Sale[], receipts: readonly Receipt[]): string | null {
  const [sold, received] = [sum(sales.map(({ grossCents }) => grossCents)), sum(receipts.map(({ amount }) => amount))];
  if (sold === 0) return 'Écrivez ce qui a été vendu.';
  if (sold === received) return null;
  const gap = formatEuros(Math.abs(sold - received));
  return `Les ventes font ${formatEuros(sold)} et les règlements ${formatEuros(received)} : il y a ${gap} d’écart.`;
}

export type TakingLine = { account: string; amount: Cents; activity?: number | null; label?: string };

/** The lines of its entry: each account of money in debit, sales without VAT in credit, VAT on its own account. VAT is rounded once per sale. */
export function takingLines(sales: readonly Sale[], receipts: readonly Receipt[], activity: number | null): TakingLine[] {
  const lines: TakingLine[] = receipts.map(({ account, amount }) => ({ account, amount }));
  for (const { account, label, vatBasisPoints, grossCents } of sales) {
    const { net, vat } = lineAmounts({ quantity: 1000, unitPrice: grossCents, vatBasisPoints, vatIncluded: true });
    lines.push({ account, amount: -net, activity, label });
    if (vat !== 0) lines.push({ account: '445710', amount: -vat, label: `TVA ${(vatBasisPoints / 100).toLocaleString('fr-FR')} %` });
  }
  return lines.filter(({ amount }) => amount !== 0);
}

/** What somebody whom the garden does not know owes it: « Clients douteux ». */
export const UNPAID = '416000';

/**
 * The lines of a market's cheque that came back: what it was worth leaves where it stood (`from`: the bank's account, or that of cheques) and is owed
 * by the customer who wrote it, or under 416000. What was sold and its VAT do not move: the sale took place.
 */
export const unpaidLines = ({ amount, from, customer }: { amount: Cents; from: string; customer: number | null }) => [
  customer === null ? { account: UNPAID, amount } : { account: '411000', amount, customer },
  { account: from, amount: -amount },
];

import { lineAmounts } from '#domains/billing/rules/draft.ts';
import type { EntryLine } from '#domains/ledger/rules/entry.ts';
import { gathered } from '#domains/ledger/rules/entry.ts';
import type { Cents } from '#kernel/money.ts';

/**
 * How VAT holds for what a funder pays of a basket. A complement of its price is taxed as the basket is (CGI, article 266, 1, a: a subsidy directly linked to
 * the price of what is delivered); another subsidy is not.
 */
export type Treatment = 'price_complement' | 'subsidy';

/** What funders owe before it is claimed (plan comptable général, 4181), and subsidies for baskets. */
export const accruedAccount = '418100';
export const subsidyAccount = '741000';
/** Subsidies for workshops. */
export const workshopSubsidyAccount = '742000';

/** So much of baskets of a product, VAT included, as one line says it. */
export type Accrued = { cents: Cents; treatment: Treatment; account: string; activity: string | null; vatBasisPoints: number };

/** Net of an amount, rounded once: the line that claims it is rounded the same way, so that the accrual is cleared to the cent. */
export const netOf = ({ cents, treatment, vatBasisPoints }: Accrued, vatLiable: boolean): Cents =>
  treatment === 'subsidy' || !vatLiable ? cents : lineAmounts({ quantity: 1000, unitPrice: cents, vatBasisPoints, vatIncluded: true }).net;

/** The lines of an entry of a day and funder: what it owes, against sales or subsidies. None when it comes to nothing. */
export function accrualLines(
  customer: number,
  accrued: readonly Accrued[],
  vatLiable: boolean,
  activities: ReadonlyMap<string, number>,
): EntryLine[] {
  const lines = accrued.flatMap((one) => {
    const net = netOf(one, vatLiable);
    const account = one.treatment === 'subsidy' ? subsidyAccount : one.account;
    const activity = one.activity === null ? null : (activities.get(one.activity) ?? null);
    return [
      { account: accruedAccount, amount: net, customer },
      { account, amount: -net, activity },
    ];
  });
  return gathered(lines);
}

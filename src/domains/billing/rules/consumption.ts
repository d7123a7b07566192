import type { Entry, EntryLine } from '#domains/ledger/rules/entry.ts';
import { gathered } from '#domains/ledger/rules/entry.ts';
import type { Day } from '#kernel/day.ts';
import { type Cents, share } from '#kernel/money.ts';
import { lineAmounts } from './draft.ts';
import { advanceAccount, type BilledProduct } from './lines.ts';
import { type BilledBasket, itemsOf } from './modes.ts';

/** What advances of a subscription became: its baskets received, what was billed ahead of it, what was moved to sales already. Net of VAT, in cents. */
export type Advances = {
  subscription: number;
  /** The product it usually gives. */
  usual: number;
  /** Received up to the end of the month. */
  received: readonly BilledBasket[];
  /** Nothing more will come, and all of it is billed: what is left of the advances is a sale too (a cent of VAT rounded otherwise). */
  settled: boolean;
  billed: Cents;
  consumed: Cents;
};

/** Where a sale goes: account and activity. */
type Sale = { account: string; activity: string | null };

/**
 * What is to be moved from advances to sales at the end of a month, by account and activity; none when it comes to nothing. To date: what was received,
 * as far as it was billed ahead (what was received beyond is a sale when it is billed), minus what was moved before. So a month closed twice moves
 * nothing twice, and a basket that turns out to be missing comes back the month after.
 */
export function toConsume(one: Advances, products: ReadonlyMap<number, BilledProduct>, vatLiable: boolean): (Sale & { net: Cents })[] {
  const worth = itemsOf(one.received).map((item) => {
    const product = products.get(item.product)!;
    const vatBasisPoints = vatLiable ? product.vatBasisPoints : 0;
    const { net } = lineAmounts({ quantity: item.quantity * 1000, unitPrice: item.price, vatBasisPoints, vatIncluded: true });
    return { account: product.account, activity: product.activity, net };
  });
  const received = worth.reduce((total, { net }) => total + net, 0);
  const due = (one.settled ? one.billed : Math.min(received, one.billed)) - one.consumed;
  if (due === 0) return [];
  const weighed = worth.filter(({ net }) => net > 0);
  const usual = products.get(one.usual)!;
  // Nothing of it was received after all: its advances go back from where its sales would be.
  if (weighed.length === 0) return [{ account: usual.account, activity: usual.activity, net: due }];
  const parts = share(
    due,
    weighed.map(({ net }) => net),
  );
  return weighed.map(({ account, activity }, index) => ({ account, activity, net: parts[index]! })).filter(({ net }) => net !== 0);
}

/** The entry of a subscription for a month (« 2025-10 »); null when nothing is to be moved. @param activityIds by code. */
export function consumptionEntry(
  subscription: number,
  who: string,
  sales: readonly (Sale & { net: Cents })[],
  { month, day }: { month: string; day: Day },
  activityIds: ReadonlyMap<string, number>,
): Entry | null {
  const lines: EntryLine[] = gathered([
    { account: advanceAccount, amount: sales.reduce((total, { net }) => total + net, 0) },
    ...sales.map(({ account, activity, net }) => ({
      account,
      amount: -net,
      activity: activity === null ? null : activityIds.get(activity),
    })),
  ]);
  if (lines.length < 2) return null;
  const source = `consumption:${subscription}:${month}`;
  return {
    day,
    label: `Paniers reçus, payés d’avance : ${who}`,
    document: `CONSO-${month}-${subscription}`,
    documentDay: day,
    source,
    lines,
  };
}

import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import type { DonorKind } from './eligibility.ts';

/** « RF2026-00012 »: the year, then 1, 2, 3… without gaps. */
export const receiptNumber = (year: number, sequence: number): string => `RF${year}-${String(sequence).padStart(5, '0')}`;

export type Grouped<G> = { donor: number; kind: DonorKind; year: number; gifts: G[]; cents: Cents };

/**
 * Which gifts stand on one receipt. Those of a person in one year stand together; a company has one for each gift (its reduction is claimed gift by gift, CGI,
 * art. 238 bis). Every gift stands once, and amounts add up. In the order of the gifts given.
 */
export function grouped<G extends { donor: number; kind: DonorKind; day: Day; cents: Cents }>(
  gifts: readonly G[],
  apart = false,
): Grouped<G>[] {
  const groups = new Map<string, Grouped<G>>();
  for (const [at, gift] of gifts.entries()) {
    const year = Number(gift.day.slice(0, 4));
    const key = apart || gift.kind === 'company' ? `gift ${at}` : `${gift.donor} ${year}`;
    const group = groups.get(key) ?? { donor: gift.donor, kind: gift.kind, year, gifts: [], cents: 0 };
    group.gifts.push(gift);
    group.cents += gift.cents;
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Kinds of ways of paying that a gift may come by, and how receipts name them. Vouchers and local money are not given. */
export const meansOf: Readonly<Record<string, 'cash' | 'cheque' | 'transfer'>> = {
  cash: 'cash',
  cheque: 'cheque',
  transfer: 'transfer',
  card: 'transfer',
  direct_debit: 'transfer',
};

import type { Cents } from '#kernel/money.ts';

/** What a balance without a sign means: the customer owes it, or has it in hand. */
export type OpeningSign = 'owes' | 'in_hand';

/** As the ledger writes it: above zero, the customer owes. */
export const openingOf = (brought: Cents, sign: OpeningSign): Cents => (sign === 'owes' ? brought : -brought) || 0;

export type Brought = {
  customer: number;
  /** As the former tool had it. */
  brought: Cents;
  /** What the ledger opened with so far, corrections included. */
  opened: Cents;
};

/**
 * What is to write so that the ledger opens with what was brought over: the difference with what it opened with, so that opening again, after a
 * late import or once the sign was found to mean the contrary, writes only what is missing.
 */
export const toOpen = (all: readonly Brought[], sign: OpeningSign): { customer: number; amount: Cents }[] =>
  all
    .map(({ customer, brought, opened }) => ({ customer, amount: openingOf(brought, sign) - opened }))
    .filter(({ amount }) => amount !== 0);

/** Σ of what customers owe, Σ of what they have in hand (both above zero), and how many of each. */
export function openingTotals(balances: readonly Cents[]): { owes: Cents; owing: number; inHand: Cents; ahead: number } {
  const owing = balances.filter((cents) => cents > 0);
  const ahead = balances.filter((cents) => cents < 0);
  const sum = (some: readonly Cents[]) => some.reduce((total, cents) => total + cents, 0);
  return { owes: sum(owing), owing: owing.length, inHand: -sum(ahead) || 0, ahead: ahead.length };
}

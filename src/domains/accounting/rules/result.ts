import type { EntryLine } from '#domains/ledger/rules/entry.ts';
import type { Cents } from '#kernel/money.ts';

export type Balance = { account: string; amount: Cents };

/** Accounts of charges (6) and of income (7): they begin each year at zero; the others carry on. */
export const isOfManagement = (account: string): boolean => /^[67]/.test(account);

/** What the year leaves, in cents: above zero a surplus, below a deficit. Credits are below zero in the ledger. */
export const resultOf = (balances: readonly Balance[]): Cents =>
  -balances.filter(({ account }) => isOfManagement(account)).reduce((sum, { amount }) => sum + amount, 0) || 0;

/** Where it goes: « excédent » or « déficit » (règlement ANC 2018-06). */
export const resultAccount = (result: Cents): string => (result >= 0 ? '120000' : '129000');

/**
 * What opens the next year: accounts of management go back to zero, and what they leave is the result. The accounts of the balance sheet carry on
 * by themselves, since the ledger never ends: they are not written again. Empty when no account of management was moved.
 */
export function resultLines(balances: readonly Balance[]): EntryLine[] {
  const moved = balances.filter(({ account, amount }) => isOfManagement(account) && amount !== 0);
  const result = resultOf(moved);
  const lines = moved.map(({ account, amount }) => ({ account, amount: -amount }));
  return result === 0 ? lines : [...lines, { account: resultAccount(result), amount: -result }];
}

/** Balances with which a year begins, from those at the end of the one before: the whole « à-nouveaux », which sums to zero. */
export function openingBalances<T extends Balance>(balances: readonly T[], result: (account: string, amount: Cents) => T): T[] {
  const kept = balances.filter(({ account }) => !isOfManagement(account));
  const left = resultOf(balances);
  if (left === 0) return kept.filter(({ amount }) => amount !== 0);
  const account = resultAccount(left);
  const same = kept.find((one) => one.account === account);
  const whole = same ? kept.map((one) => (one === same ? { ...one, amount: one.amount - left } : one)) : [...kept, result(account, -left)];
  return whole.filter(({ amount }) => amount !== 0).sort((a, b) => a.account.localeCompare(b.account));
}

import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';

/** What is written in the ledger. Amounts are signed cents: a debit is above zero, a credit below. */
export type EntryLine = {
  /** Number of an account in use, such as 411000. */
  account: string;
  amount: Cents;
  customer?: number | null;
  activity?: number | null;
  label?: string;
};

export type Entry = {
  day: Day;
  label: string;
  /** The document that the entry rests on: an invoice's number, a remittance slip… */
  document: string;
  documentDay: Day;
  /** What it was made from, said once: a second entry with the same source is left out. */
  source?: string | null;
  lines: EntryLine[];
};

export const journals = ['AN', 'VE', 'BQ', 'CA', 'OD'] as const;
export type JournalCode = (typeof journals)[number];

/** Σ of the lines, in cents: 0 when the entry balances. */
export const balanceOf = (lines: readonly Pick<EntryLine, 'amount'>[]): Cents => lines.reduce((sum, { amount }) => sum + amount, 0);

/** Why an entry cannot be written, for whoever wrote the code that made it; null when it can. The database checks it again. */
export function whyNotEntry({ lines }: Entry): string | null {
  if (lines.length < 2) return `An entry has two lines at least, not ${lines.length}.`;
  if (lines.some(({ amount }) => !Number.isSafeInteger(amount) || amount === 0)) return 'A line is of whole cents other than 0.';
  const sum = balanceOf(lines);
  return sum === 0 ? null : `The lines of an entry sum to 0, not to ${sum} cents.`;
}

/** The correction of an entry: its lines with their signs turned, so that both together leave nothing. */
export const turned = (lines: readonly EntryLine[]): EntryLine[] => lines.map((line) => ({ ...line, amount: -line.amount }));

/** Lines of the same account, customer and activity put together; what comes to nothing is left out. The balance stays. */
export function gathered(lines: readonly EntryLine[]): EntryLine[] {
  const kept = new Map<string, EntryLine>();
  for (const line of lines) {
    const key = JSON.stringify([line.account, line.customer ?? null, line.activity ?? null, line.label ?? '']);
    const same = kept.get(key);
    if (same) same.amount += line.amount;
    else kept.set(key, { ...line });
  }
  return [...kept.values()].filter(({ amount }) => amount !== 0);
}

import { addDays, type Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';

/** A basket received, or several of one kind in one delivery. */
export type Received = { day: Day; product: string; quantity: number; cents: Cents };

/** A line of the ledger on the customer's account: above zero she owes more, below she owes less. */
export type Movement = {
  entry: number;
  day: Day;
  kind: 'brought' | 'billed' | 'paid' | 'other';
  label: string;
  /** Number of the document it rests on. */
  reference: string;
  /** The document it is the entry of, when there is one. */
  document: number | null;
  cents: Cents;
};

/** A month, or the part of it that the statement covers: what was received, billed and paid in it, and what remains at its end. */
export type Period = {
  from: Day;
  until: Day;
  received: Received[];
  movements: Movement[];
  /** Σ of each kind, in cents; what was paid is above zero. */
  totals: { received: Cents; billed: Cents; paid: Cents; other: Cents };
  /** What remains at its end: above zero, she owes. */
  balance: Cents;
};

const kinds: Record<string, Movement['kind']> = { AN: 'brought', VE: 'billed', BQ: 'paid', CA: 'paid' };

/** What a movement is, by the journal it stands in. */
export const kindOfJournal = (journal: string): Movement['kind'] => kinds[journal] ?? 'other';

const lastOfMonth = (day: Day): Day => {
  const [year, month] = day.split('-').map(Number) as [number, number];
  const next = month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, '0')}-01`;
  return addDays(next, -1);
};

/**
 * Months from a day to another (both included), in order, with what happened in each. Months in which nothing happened are left out. The
 * balance at the end of the last is the opening one plus every movement: what the ledger says, whatever a movement is called.
 * @param opening what the customer owed the day before. @param movements in order of time, within the days asked.
 */
export function periodsOf(
  { from, until, opening }: { from: Day; until: Day; opening: Cents },
  received: readonly Received[],
  movements: readonly Movement[],
): Period[] {
  const periods: Period[] = [];
  let balance = opening;
  for (let start = from; start <= until; ) {
    const last = lastOfMonth(start);
    const end = last < until ? last : until;
    const inside = <T extends { day: Day }>(some: readonly T[]) => some.filter(({ day }) => day >= start && day <= end);
    const [baskets, moved] = [inside(received), inside(movements)];
    const sum = (...which: Movement['kind'][]) =>
      moved.filter(({ kind }) => which.includes(kind)).reduce((total, { cents }) => total + cents, 0);
    balance += sum('brought', 'billed', 'paid', 'other');
    if (baskets.length || moved.length)
      periods.push({
        ...{ from: start, until: end, received: baskets, movements: moved, balance },
        totals: {
          received: baskets.reduce((total, { cents }) => total + cents, 0),
          billed: sum('billed'),
          paid: -sum('paid') || 0,
          other: sum('brought', 'other'),
        },
      });
    start = addDays(last, 1);
  }
  return periods;
}

/** The statement people get unless they ask otherwise: a year at most, from the day the garden changed tools or the month eleven months ago. */
export function usualStatement(today: Day, takenOverOn: Day | null): { from: Day; until: Day } {
  const [year, month] = today.split('-').map(Number) as [number, number];
  const first = month === 12 ? `${year}-01-01` : `${year - 1}-${String(month + 1).padStart(2, '0')}-01`;
  return { from: takenOverOn && takenOverOn > first && takenOverOn <= today ? takenOverOn : first, until: today };
}

/** « Carte en ligne » instead of « Carte en ligne pi_3Nx7Lk2e… »: what machines call a payment says nothing to who paid it; a cheque's number does. */
export const withoutKeys = (label: string): string => label.replace(/ (?=[\w-]*\d)(?=[\w-]*[a-zA-Z])[\w-]{16,}$/, '');

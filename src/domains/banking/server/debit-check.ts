import type { Day } from '#kernel/day.ts';
import { daysBetween } from '#kernel/day.ts';
import type { Tx } from '#platform/db/index.ts';
import { type Fault, faultsOfAccount, faultsOfAmount, faultsOfMandate, whyNotDue } from '../rules/checks.ts';
import { type Candidate, candidates } from './candidates.ts';
import { type Batch, type LineWithMandate, loadLinesWithMandates } from './debit-store.ts';

export type CheckedLine = LineWithMandate & { faults: Fault[] };

export type Checked = {
  lines: CheckedLine[];
  /** Of the garden's side and of the day. */
  faults: Fault[];
  /** Customers who owe something and pay by debit, and are in no line: with what to mend. */
  left: Candidate[];
  errors: number;
  warnings: number;
};

/** All that is to mend before the file of a draft is written. Eight queries, whatever its size. */
export async function checkBatch(tx: Tx, batch: Batch, today: Day): Promise<Checked> {
  const stored = await loadLinesWithMandates(tx, batch.id);
  const owing = await candidates(tx, batch.dueOn, today, batch.id);
  const lines = stored.map((line) => ({
    ...line,
    faults:
      line.state === 'pending'
        ? [
            ...faultsOfMandate(line.customer, line.mandate, batch.dueOn, today),
            ...faultsOfAmount(line.amount, owing.get(line.customer)?.amount ?? 0),
          ]
        : [],
  }));
  const known = new Set(stored.map(({ customer }) => customer));
  const left = [...owing.values()].filter(({ customer }) => !known.has(customer));
  const due = whyNotDue(batch.dueOn, today);
  const faults: Fault[] = [
    ...faultsOfAccount(batch.account),
    ...(due ? [{ level: 'error' as const, says: `Jour du prélèvement : ${due}`, mend: null }] : []),
  ];
  const untold = lines.filter(({ state, notifiedAt }) => state === 'pending' && notifiedAt === null).length;
  if (untold > 0)
    faults.push({
      level: 'warning',
      says: `${untold === 1 ? 'Un client n’est' : `${untold} clients ne sont`} pas encore ${untold === 1 ? 'prévenu' : 'prévenus'} de ce prélèvement, qui a lieu dans ${daysBetween(today, batch.dueOn)} jours.`,
      mend: null,
    });
  const all = [...faults, ...lines.flatMap((line) => line.faults)];
  const count = (level: Fault['level']) => all.filter((fault) => fault.level === level).length;
  return { lines, faults, left, errors: count('error'), warnings: count('warning') };
}

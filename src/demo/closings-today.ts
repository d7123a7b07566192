import { closeMonth, closeTill, makeExport, writeEntry } from '#domains/accounting/index.server.ts';
import { monthAfter, monthOf } from '#domains/accounting/rules/months.ts';
import { addDays, type Day } from '#kernel/day.ts';
import type { Outcome } from '#kernel/outcome.ts';
import type { Actor } from '#platform/access/actor.ts';
import { inGarden } from '#platform/db/tenancy.ts';

const orThrow = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
};

/**
 * What the accountant's hands leave: the months before the change of tool are closed, the bank's fees and a subsidy are written by hand, the till is closed up to
 * yesterday, and last week's entries were exported.
 */
export async function closeBooks(actor: Actor, today: Day): Promise<void> {
  const taken = await inGarden(actor, (tx) =>
    tx.selectFrom('garden').select('taken_over_on').where('id', '=', actor.gardenId).executeTakeFirstOrThrow(),
  );
  const before = monthAfter(monthOf(taken.taken_over_on ?? today), -1);
  orThrow(await closeMonth(actor, before, { today, mode: 'apply' }));
  const day = addDays(today, -4);
  orThrow(
    await writeEntry(
      actor,
      byHand('demo-frais-bancaires', day, 'Frais de tenue de compte', 'Relevé bancaire', '627000', 1240, 'debit'),
      today,
    ),
  );
  orThrow(
    await writeEntry(
      actor,
      byHand('demo-subvention', day, 'Subvention départementale, premier versement', 'Convention', '740000', 450_000, 'credit'),
      today,
    ),
  );
  orThrow(await closeTill(actor, addDays(today, -1), today));
  orThrow(await makeExport(actor, { from: addDays(today, -11), until: day, journals: ['BQ', 'CA', 'OD', 'VE'], fresh: true }));
}

/** An entry of two lines against the bank, as a person would have typed it. */
const byHand = (key: string, day: Day, label: string, document: string, account: string, cents: number, side: 'debit' | 'credit') => {
  const line = (place: number, number: string, debit: number, credit: number) => ({
    place,
    account: number,
    label: '',
    debit,
    credit,
    customer: '',
    activity: '',
  });
  const [debit, credit] = side === 'debit' ? [cents, 0] : [0, cents];
  return { key, journal: 'BQ' as const, day, label, document, lines: [line(1, account, debit, credit), line(2, '512000', credit, debit)] };
};

import { sql } from 'kysely';
import { readSettings } from '#domains/gardens/settings.ts';
import { addDays, type Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { bankDayFrom } from '../rules/bank-days.ts';
import { earliestDue, type Fault, faultsOfAccount, whyNotDue } from '../rules/checks.ts';
import { type Candidate, candidates } from './candidates.ts';
import { type Checked, type CheckedLine, checkBatch } from './debit-check.ts';
import { type Batch, type BatchState, loadBatch, loadLinesWithMandates } from './debit-store.ts';

export type BatchRow = {
  id: number;
  name: string;
  dueOn: Day;
  state: BatchState;
  confirmedOn: Day | null;
  account: string;
  lines: number;
  cents: Cents;
  rejected: number;
  rejectedCents: Cents;
};

/** Debits, latest first, a page at a time. Lines and amounts are those that were kept, rejected ones included. One query. */
export function batches(actor: Actor, { limit = 50, offset = 0 } = {}): Promise<{ rows: BatchRow[]; total: number }> {
  requireRight(actor, 'payments:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<BatchRow & { total: number }>`
      select b.id, b.name, b.due_on as "dueOn", b.state, b.confirmed_on as "confirmedOn", a.name as account, count(*) over ()::int as total,
        l.lines, l.cents, l.rejected, l."rejectedCents"
      from debit_batch b
      join bank_account a on a.garden_id = b.garden_id and a.id = b.bank_account_id
      cross join lateral (
        select count(*)::int as lines, coalesce(sum(amount_cents), 0)::bigint as cents, count(*) filter (where state = 'rejected')::int as rejected,
          coalesce(sum(amount_cents) filter (where state = 'rejected'), 0)::bigint as "rejectedCents"
        from debit_line l where l.garden_id = b.garden_id and l.batch_id = b.id and (l.state <> 'removed' or b.state = 'undone')
      ) l
      where b.garden_id = app_garden()
      order by b.due_on desc, b.id desc limit ${limit} offset ${offset}`.execute(tx);
    return { rows: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 };
  });
}

export type DebitSettings = { noticeDays: number; rejectionFeeCents: Cents };

const settingsOf = async (tx: Tx, gardenId: number): Promise<DebitSettings> => {
  const { settings } = await tx.selectFrom('garden').select('settings').where('id', '=', gardenId).executeTakeFirstOrThrow();
  const { debitNoticeDays, rejectionFeeCents } = readSettings(settings);
  return { noticeDays: debitNoticeDays, rejectionFeeCents };
};

export type Proposal = {
  dueOn: Day;
  settings: DebitSettings;
  /** Accounts on which debits can arrive. */
  accounts: { id: number; name: string; iban: string; faults: Fault[] }[];
  why: string | null;
  ready: Candidate[];
  cents: Cents;
  /** Who owes something and cannot be debited, with what to mend. */
  left: Candidate[];
};

/** Who would be debited on a day (absent: the first bank day that leaves time to tell customers), and who not. Seven queries. */
export function proposal(actor: Actor, asked: Day | null, today: Day): Promise<Proposal> {
  requireRight(actor, 'payments:read');
  return readInGarden(actor, async (tx) => {
    const settings = await settingsOf(tx, actor.gardenId);
    const dueOn = asked ?? firstDue(today, settings.noticeDays);
    const { rows: accounts } = await sql<{ id: number; name: string; holder: string; iban: string; creditorIdentifier: string }>`
      select id, name, holder, iban, creditor_identifier as "creditorIdentifier" from bank_account
      where garden_id = app_garden() and archived_at is null order by creditor_identifier = '', id`.execute(tx);
    const all = [...(await candidates(tx, dueOn, today)).values()];
    const ready = all.filter(({ faults }) => faults.length === 0);
    return {
      dueOn,
      settings,
      accounts: accounts.map((account) => ({ id: account.id, name: account.name, iban: account.iban, faults: faultsOfAccount(account) })),
      why: whyNotDue(dueOn, today),
      ready,
      cents: ready.reduce((sum, { amount }) => sum + amount, 0),
      left: all.filter(({ faults }) => faults.length > 0),
    };
  });
}

/** The first bank day on which customers who are told today have been told in time. */
export const firstDue = (today: Day, noticeDays: number): Day => {
  const told = bankDayFrom(addDays(today, noticeDays));
  const earliest = earliestDue(today);
  return told < earliest ? earliest : told;
};

export type BatchPage = Omit<Checked, 'lines'> & { batch: Batch; lines: CheckedLine[]; settings: DebitSettings; hasFile: boolean };

/** A debit with its lines; while it is in preparation, with all that is to mend. */
export function batchPage(actor: Actor, id: number, today: Day): Promise<BatchPage | null> {
  requireRight(actor, 'payments:read');
  return readInGarden(actor, async (tx) => {
    const batch = await loadBatch(tx, id);
    if (!batch) return null;
    const settings = await settingsOf(tx, actor.gardenId);
    const checked: Checked =
      batch.state === 'draft'
        ? await checkBatch(tx, batch, today)
        : {
            lines: (await loadLinesWithMandates(tx, id)).map((line) => ({ ...line, faults: [] })),
            faults: [],
            left: [],
            errors: 0,
            warnings: 0,
          };
    return { batch, settings, hasFile: batch.messageId !== null && batch.state !== 'undone', ...checked };
  });
}

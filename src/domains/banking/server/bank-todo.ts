import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { proposeAll } from '../rules/match.ts';
import { type Confidence, targetKey } from '../rules/proposal.ts';
import { targetSayer } from '../rules/say-target.ts';
import { knownFor } from './bank-known.ts';
import { openBankLines, type StoredLine } from './bank-lines.ts';

/** A proposal as a page shows it; `key` is what its button sends. */
export type ShownProposal = { key: string; title: string; confidence: Confidence; why: string[] };
export type LineToDo = StoredLine & { proposals: ShownProposal[] };
export type BankToDo = {
  /** The surest first, then by day. */
  lines: LineToDo[];
  total: number;
  sure: number;
  received: Cents;
  paid: Cents;
  /** The latest day that a file tells; null when none was read. */
  until: Day | null;
  files: number;
};

const shown = 100;
const ranks: Record<Confidence | 'none', number> = { sure: 0, likely: 1, possible: 2, none: 3 };

/** What is to deal with, with what it may be. About fifteen queries, whatever the number of lines. */
export function bankToDo(actor: Actor): Promise<BankToDo> {
  requireRight(actor, 'payments:read');
  return readInGarden(actor, async (tx) => {
    const lines = await shownProposals(tx, await openBankLines(tx));
    const { rows } = await sql<{ until: Day | null; files: number }>`
      select (select max(day) from bank_line where garden_id = app_garden()) as until,
        (select count(*)::int from bank_file where garden_id = app_garden()) as files`.execute(tx);
    const sorted = lines.toSorted((a, b) => ranks[a.proposals[0]?.confidence ?? 'none'] - ranks[b.proposals[0]?.confidence ?? 'none']);
    const sum = (some: readonly StoredLine[]) => some.reduce((total, { amount }) => total + amount, 0);
    return {
      ...rows[0]!,
      lines: sorted.slice(0, shown),
      total: lines.length,
      sure: lines.filter(({ proposals: [first] }) => first?.confidence === 'sure').length,
      received: sum(lines.filter(({ amount }) => amount > 0)),
      paid: sum(lines.filter(({ amount }) => amount < 0)),
    };
  });
}

/** The same lines with their proposals in words. */
export async function shownProposals(tx: Tx, lines: readonly StoredLine[]): Promise<LineToDo[]> {
  const known = await knownFor(tx, lines);
  const all = proposeAll(lines, known);
  const accounts = await accountNames(tx);
  const say = targetSayer(known, accounts);
  return lines.map((line) => ({
    ...line,
    proposals: all
      .get(line)!
      // A garden may have put an account aside.
      .filter(({ target }) => target.kind !== 'account' || accounts.has(target.account))
      .map(({ target, confidence, why }) => ({ key: targetKey(target), title: say(target), confidence, why })),
  }));
}

/** Accounts of the ledger in use, by number. One query. */
export async function accountNames(tx: Tx): Promise<Map<string, string>> {
  const { rows } = await sql<{ number: string; name: string }>`
    select number, name from account where garden_id = app_garden() and archived_at is null order by number`.execute(tx);
  return new Map(rows.map(({ number, name }) => [number, name]));
}

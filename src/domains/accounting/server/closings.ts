import { sql } from 'kysely';
import { owedLines } from '#domains/billing/index.server.ts';
import { post } from '#domains/ledger/index.server.ts';
import { addDays, type Day, shortDay } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { done, type Outcome, type Refusal, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { lastDay, type Month, monthOf, monthsBetween, nextMonth, ofMonth } from '../rules/months.ts';
import { type Balance, resultLines, resultOf } from '../rules/result.ts';
import { type FiscalYear, sayYear, yearAt, yearsBetween } from '../rules/years.ts';
import { consumptionOf } from './consumption.ts';
import { holdLedger } from './hold.ts';
import { closeTillDays } from './till.ts';
import { span, storedYears } from './years.ts';

export type MonthClosed = {
  month: Month;
  /** Entries that move what was paid in advance to what was sold, and their sum. */
  consumption: { entries: number; amount: Cents };
};
export type Closed = {
  months: MonthClosed[];
  /** Closings of the till made on the way. */
  till: number;
  /** Of a year. */
  result: { amount: Cents; entry: number | null } | null;
  /** What is not an obstacle, but worth a look before closing. */
  remarks: string[];
};
type Asked = { today: Day; mode: 'preview' | 'apply' };

/** Runs a closing for real; a preview is taken back to where it began, and tells what would be done. */
async function tried(actor: Actor, mode: Asked['mode'], work: (tx: Tx) => Promise<Outcome<Closed>>): Promise<Outcome<Closed>> {
  requireRight(actor, 'accounting:change');
  return inGarden(actor, async (tx) => {
    await holdLedger(tx);
    await sql`savepoint closing`.execute(tx);
    const answer = await work(tx);
    if (mode === 'preview' || !answer.ok) await sql`rollback to savepoint closing`.execute(tx);
    return answer;
  });
}

/**
 * Closes a month, and those before it that were left open, oldest first: what was delivered of baskets paid in advance becomes sales, the till is closed, then
 * the ledger takes no entry of these days any more. A month that is closed already is left as it is (`months` is empty).
 */
export const closeMonth = (actor: Actor, month: Month, { today, mode }: Asked): Promise<Outcome<Closed>> =>
  tried(actor, mode, async (tx) => {
    const end = lastDay(month);
    if (end >= today)
      return refuse(`Le mois ${ofMonth(month)} n’est pas terminé : il se clôture à partir du ${shortDay(addDays(end, 1))}.`, {
        month: 'Ce mois n’est pas terminé.',
      });
    const remarks = await remarksUntil(tx, actor, end);
    const made = await closeMonths(tx, actor, end);
    return made.ok ? done({ ...made.value, result: null, remarks }) : made;
  });

/**
 * Closes a financial year: its last months first, then what it leaves goes to the result (120 or 129), in the journal of à-nouveaux, on the first day of the next
 * year. Accounts of the balance sheet carry on by themselves.
 */
export const closeYear = (actor: Actor, endsOn: Day, { today, mode }: Asked): Promise<Outcome<Closed>> =>
  tried(actor, mode, async (tx) => {
    const stored = await storedYears(tx);
    const year = yearAt(endsOn, stored);
    if (year.endsOn !== endsOn) return refuse('Aucun exercice ne finit ce jour-là.', { endsOn: 'Aucun exercice ne finit ce jour-là.' });
    const nothing: Closed = { months: [], till: 0, result: null, remarks: [] };
    if (year.closed) return done(nothing);
    if (endsOn >= today)
      return refuse(`L’exercice ${sayYear(year)} n’est pas terminé : il se clôture à partir du ${shortDay(addDays(endsOn, 1))}.`, {
        endsOn: 'Cet exercice n’est pas terminé.',
      });
    const open = await openYearBefore(tx, year.startsOn);
    if (open) return refuse(`Clôturez d’abord l’exercice ${sayYear(open)}.`);
    const remarks = await remarksUntil(tx, actor, endsOn);
    const made = await closeMonths(tx, actor, endsOn);
    if (!made.ok) return made;
    const result = await carryResult(tx, year);
    await sql`
      insert into closing (garden_id, until_on, kind, user_id) values (app_garden(), ${endsOn}, 'year', ${actor.userId})`.execute(tx);
    await sql`
      insert into fiscal_year (garden_id, starts_on, ends_on, closed_at) values (app_garden(), ${year.startsOn}, ${endsOn}, now())
      on conflict (garden_id, starts_on) do update set closed_at = now(), version = fiscal_year.version + 1`.execute(tx);
    return done({ ...made.value, result, remarks });
  });

async function closeMonths(tx: Tx, actor: Actor, end: Day): Promise<Outcome<Pick<Closed, 'months' | 'till'>>> {
  const { first, closed } = await span(tx);
  if (closed !== null && closed >= end) return done({ months: [], till: 0 });
  const busy = await whyBusy(tx, end);
  if (busy) return busy;
  const from = closed ? nextMonth(monthOf(closed)) : first !== null && first < end ? monthOf(first) : monthOf(end);
  const year = yearAt(end, await storedYears(tx));
  const open = await openYearBefore(tx, year.startsOn);
  if (open) return refuse(`L’exercice ${sayYear(open)} est encore ouvert : clôturez-le d’abord, son résultat ouvre le suivant.`);
  const months: MonthClosed[] = [];
  for (const month of monthsBetween(from, monthOf(end))) {
    const consumption = await consumptionOf(tx, actor.gardenId, month);
    await sql`insert into closing (garden_id, until_on, kind, user_id) values (app_garden(), ${lastDay(month)}, 'month', ${actor.userId})`.execute(
      tx,
    );
    months.push({ month, consumption });
  }
  return done({ months, till: (await closeTillDays(tx, actor, end)).length });
}

/** The oldest year before this day that holds entries and is not closed. */
async function openYearBefore(tx: Tx, startsOn: Day): Promise<FiscalYear | null> {
  const { first } = await span(tx);
  if (first === null || first >= startsOn) return null;
  return yearsBetween(first, addDays(startsOn, -1), await storedYears(tx)).find(({ closed }) => !closed) ?? null;
}

/** A billing run that is under way would post in days that are closed. */
async function whyBusy(tx: Tx, end: Day): Promise<Refusal | null> {
  const { rows } = await sql<{ name: string }>`
    select name from billing_run where garden_id = app_garden() and state in ('running', 'undoing') and day <= ${end} limit 1`.execute(tx);
  return rows[0] ? refuse(`La facturation « ${rows[0].name} » n’est pas terminée : finissez-la ou annulez-la avant de clôturer.`) : null;
}

/** What is not an obstacle. Baskets that are not billed will be with the next invoice, dated after what is closed. */
async function remarksUntil(tx: Tx, actor: Actor, end: Day): Promise<string[]> {
  const { rows } = await sql<{ bank: number; expected: number; waiting: Cents }>`
    select (select count(*)::int from bank_line where garden_id = app_garden() and state = 'open' and day <= ${end}) as bank,
      (select count(*)::int from payment where garden_id = app_garden() and state in ('expected', 'scheduled', 'uncertain') and day <= ${end}) as expected,
      (select coalesce(sum(l.amount_cents), 0)::bigint from entry_line l
        join entry e on e.garden_id = l.garden_id and e.id = l.entry_id and e.day <= ${end}
        join account a on a.garden_id = l.garden_id and a.id = l.account_id and a.number = '471000'
        where l.garden_id = app_garden()) as waiting`.execute(tx);
  const { bank, expected, waiting } = rows[0]!;
  const unbilled = (await owedLines(tx, actor.gardenId, { until: end })).size;
  return [
    ...(unbilled
      ? [
          unbilled === 1
            ? 'Un client a des paniers de ce mois, ou d’avant, qui ne sont pas facturés.'
            : `${unbilled} clients ont des paniers de ce mois, ou d’avant, qui ne sont pas facturés.`,
        ]
      : []),
    ...(bank
      ? [bank === 1 ? 'Une ligne de la banque n’est pas encore reconnue.' : `${bank} lignes de la banque ne sont pas encore reconnues.`]
      : []),
    ...(expected
      ? [expected === 1 ? 'Un règlement attendu n’est pas encore arrivé.' : `${expected} règlements attendus ne sont pas encore arrivés.`]
      : []),
    ...(waiting ? ['Le compte d’attente 471000 n’est pas soldé.'] : []),
  ];
}

/** Accounts of management as the year leaves them, and the entry that opens the next one with its result. */
async function carryResult(tx: Tx, { startsOn, endsOn }: FiscalYear): Promise<Closed['result']> {
  const { rows } = await sql<Balance>`
    select a.number as account, sum(l.amount_cents)::bigint as amount
    from entry_line l
    join entry e on e.garden_id = l.garden_id and e.id = l.entry_id and e.day <= ${endsOn}
    join account a on a.garden_id = l.garden_id and a.id = l.account_id and a.number ~ '^[67]'
    where l.garden_id = app_garden() group by a.number having sum(l.amount_cents) <> 0 order by a.number`.execute(tx);
  const lines = resultLines(rows);
  const day = addDays(endsOn, 1);
  const label = `Résultat de l’exercice ${sayYear({ startsOn, endsOn })}`;
  const entry = { day, label, document: `Clôture ${shortDay(endsOn)}`, documentDay: endsOn, source: `result:${endsOn}`, lines };
  const [posted] = lines.length ? await post(tx, 'AN', [entry]) : [];
  return { amount: resultOf(rows), entry: posted?.id ?? null };
}

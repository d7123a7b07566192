import { sql } from 'kysely';
import { closedUntil, type EntryLine, type JournalCode, post, reverse } from '#domains/ledger/index.server.ts';
import { type Day, shortDay } from '#kernel/day.ts';
import { formatEuros } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { lastDay, monthOf } from '../rules/months.ts';
import type { TypedLine } from '../schema.ts';

export type ManualEntry = { key: string; journal: JournalCode; day: Day; label: string; document: string; lines: readonly TypedLine[] };

/** Writes an entry by hand. The same form sent twice acts once (`key`). Refusals name the line to mend (`account3`). */
export function writeEntry(actor: Actor, given: ManualEntry, today: Day): Promise<Outcome<{ id: number; number: number }>> {
  requireRight(actor, 'accounting:change');
  return inGarden(actor, async (tx) => {
    const source = `manual:${given.key}`;
    const before = await sent(tx, source);
    if (before) return done(before);
    const wrong = await whyNotDay(tx, given.day, today);
    if (wrong) return refuse(wrong, { day: wrong });
    const lines = await readLines(tx, given.lines);
    if (!lines.ok) return lines;
    const { day, label, document } = given;
    const [posted] = await post(tx, given.journal, [{ day, label, document, documentDay: day, source, lines: lines.value }]);
    // The same form, sent beside this one, came first.
    if (!posted) return done((await sent(tx, source))!);
    return done({ id: posted.id, number: posted.number });
  });
}

async function sent(tx: Tx, source: string): Promise<{ id: number; number: number } | undefined> {
  const { rows } = await sql<{ id: number; number: number }>`
    select id, number from entry where garden_id = app_garden() and source = ${source}`.execute(tx);
  return rows[0];
}

async function whyNotDay(tx: Tx, day: Day, today: Day): Promise<string | null> {
  const closed = await closedUntil(tx);
  if (closed && day <= closed) return `La période est clôturée jusqu’au ${shortDay(closed)} : choisissez un jour plus récent.`;
  return day > lastDay(monthOf(today)) ? 'Ce jour est trop loin : une écriture ne dépasse pas le mois en cours.' : null;
}

async function readLines(tx: Tx, typed: readonly TypedLine[]): Promise<Outcome<EntryLine[]>> {
  if (typed.length < 2) return refuse('Une écriture a au moins deux lignes.', { account1: 'À remplir.', account2: 'À remplir.' });
  const known = await lookUp(tx, typed);
  const fields: Record<string, string> = {};
  const lines = typed.map((line): EntryLine => {
    const { place, account, debit, credit, customer, activity, label } = line;
    const found = known.accounts.get(account);
    if (!found) fields[`account${place}`] = account ? `Le compte ${account} n’est pas dans le plan comptable.` : 'Choisissez un compte.';
    if (debit && credit) fields[`credit${place}`] = 'Au débit ou au crédit, pas les deux.';
    if (!debit && !credit) fields[`debit${place}`] = 'Écrivez un montant, au débit ou au crédit.';
    const id = customer ? known.customers.get(customer) : null;
    if (customer && id === undefined) fields[`customer${place}`] = `Aucun client n’a le numéro ${customer}.`;
    if (account === '411000' && !customer) fields[`customer${place}`] = 'Le compte 411000 demande le numéro d’un client.';
    const about = activity ? known.activities.get(activity) : null;
    if (activity && about === undefined) fields[`activity${place}`] = 'Cette activité n’existe plus.';
    return { account, amount: debit - credit, customer: id ?? null, activity: about ?? null, label };
  });
  if (Object.keys(fields).length) return refuse('Des lignes sont à revoir.', fields);
  const sum = lines.reduce((total, { amount }) => total + amount, 0);
  if (sum !== 0) {
    const side = sum > 0 ? 'au crédit' : 'au débit';
    const last = typed.at(-1)!.place;
    return refuse(`Débit et crédit ne sont pas égaux : il manque ${formatEuros(Math.abs(sum))} ${side}.`, {
      [sum > 0 ? `credit${last}` : `debit${last}`]: `Il manque ${formatEuros(Math.abs(sum))} ${side} dans l’écriture.`,
    });
  }
  return done(lines);
}

async function lookUp(tx: Tx, typed: readonly TypedLine[]) {
  const all = (of: (line: TypedLine) => string) => [...new Set(typed.map(of).filter(Boolean))];
  const { rows } = await sql<{ kind: string; key: string; id: number }>`
    select 'account' as kind, number as key, id from account where number = any(${all(({ account }) => account)}::text[]) and archived_at is null
    union all select 'customer', number, id from customer where number = any(${all(({ customer }) => customer)}::text[])
    union all select 'activity', code, id from activity where code = any(${all(({ activity }) => activity)}::text[]) and archived_at is null`.execute(
    tx,
  );
  const of = (kind: string) => new Map(rows.filter((row) => row.kind === kind).map(({ key, id }) => [key, id]));
  return { accounts: of('account'), customers: of('customer'), activities: of('activity') };
}

/**
 * Takes an entry that somebody wrote by hand back, by its mirror. One that an invoice, a payment or another operation made is corrected where it was
 * made: the ledger and the documents stay the same thing.
 */
export function reverseEntry(
  actor: Actor,
  id: number,
  { day, reason }: { day: Day; reason: string },
  today: Day,
): Promise<Outcome<{ id: number }>> {
  requireRight(actor, 'accounting:change');
  return inGarden(actor, async (tx) => {
    const { rows } = await sql<{ source: string | null; label: string }>`
      select source, label from entry where garden_id = app_garden() and id = ${id}`.execute(tx);
    const stored = rows[0];
    if (!stored) return refuse('Cette écriture n’existe pas.');
    if (stored.source !== null && !stored.source.startsWith('manual:'))
      return refuse('Cette écriture vient d’une facture, d’un encaissement ou d’une autre opération : corrigez-la là où elle a été faite.');
    const wrong = await whyNotDay(tx, day, today);
    if (wrong) return refuse(wrong, { day: wrong });
    return reverse(tx, id, { day, label: `${reason} (annule : ${stored.label})` });
  });
}

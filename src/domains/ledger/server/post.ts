import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import type { Tx } from '#platform/db/index.ts';
import { type Entry, type JournalCode, turned, whyNotEntry } from '../rules/entry.ts';

export type Posted = { id: number; number: number; source: string | null };

/**
 * Writes entries in a journal, numbered in the order given, in one statement. Those whose source was posted before are left out. The database
 * refuses what does not balance, an account that is not in use and a day of a closed period: all three are bugs of the caller, who asks
 * `closedUntil` first when people choose the day.
 */
export async function post(tx: Tx, journal: JournalCode, entries: readonly Entry[]): Promise<Posted[]> {
  for (const entry of entries) {
    const why = whyNotEntry(entry);
    if (why) throw new Error(`${entry.label}, ${entry.document}: ${why}`);
  }
  if (entries.length === 0) return [];
  const lines = entries.flatMap((entry, place) => entry.lines.map((line, at) => ({ entry: place, position: at + 1, ...line })));
  const headers = entries.map(({ lines: _, ...entry }, place) => ({ place, ...entry }));
  const { rows } = await sql<Posted>`
    select id, number, source from post_entries(${journal}, ${JSON.stringify(headers)}::json, ${JSON.stringify(lines)}::json)`.execute(tx);
  return rows;
}

/** The last day of the periods that are closed, or null. */
export async function closedUntil(tx: Tx): Promise<Day | null> {
  const { rows } = await sql<{ until: Day | null }>`select max(until_on) as until from closing where garden_id = app_garden()`.execute(tx);
  return rows[0]!.until;
}

/** Takes an entry back by its mirror, in the same journal, on a day that is open. An entry is reversed once; a reversal is not reversed. */
export async function reverse(tx: Tx, id: number, { day, label }: { day: Day; label: string }): Promise<Outcome<Posted>> {
  // Two corrections of one entry wait for each other before they look.
  await sql`select from journal j join entry e on e.garden_id = j.garden_id and e.journal_id = j.id
    where e.garden_id = app_garden() and e.id = ${id} for no key update of j`.execute(tx);
  const { rows } = await sql<Entry & { journal: JournalCode; reverses: number | null; reversed: boolean }>`
    select j.code as journal, e.label, e.document, e.document_day as "documentDay", e.reverses,
      exists (select from entry r where r.garden_id = e.garden_id and r.reverses = e.id) as reversed,
      (select jsonb_agg(jsonb_build_object('account', a.number, 'amount', l.amount_cents, 'customer', l.customer_id, 'activity', l.activity_id,
        'label', l.label) order by l.position)
        from entry_line l join account a on a.garden_id = l.garden_id and a.id = l.account_id
        where l.garden_id = e.garden_id and l.entry_id = e.id) as lines
    from entry e join journal j on j.garden_id = e.garden_id and j.id = e.journal_id
    where e.garden_id = app_garden() and e.id = ${id}`.execute(tx);
  const stored = rows[0];
  if (!stored) return refuse('Cette écriture n’existe pas.');
  if (stored.reversed) return refuse('Cette écriture a déjà été contre-passée.');
  if (stored.reverses !== null) return refuse('Cette écriture en corrige déjà une autre : passez-en une nouvelle.');
  const closed = await closedUntil(tx);
  if (closed && day <= closed)
    return refuse('Cette période est clôturée : choisissez un jour plus récent.', { day: 'Ce jour est clôturé.' });
  const { document, documentDay, lines, journal } = stored;
  const mirror = { day, label, document, documentDay, reverses: id, lines: turned(lines) };
  return done((await post(tx, journal, [mirror]))[0]!);
}

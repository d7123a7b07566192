import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import type { Tx } from '#platform/db/index.ts';
import { refuseClosed } from '../labels.ts';
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
  const reversed = await reverseAll(tx, [{ id, label }], day);
  return reversed.ok ? done(reversed.value.get(id)!) : reversed;
}

type Stored = Entry & { id: number; journal: JournalCode; reverses: number | null; reversed: boolean };

/**
 * Takes entries back on the same day, all or none. Three statements and one for each journal, whatever their number.
 * @returns the mirror of each, by the id of what it reverses.
 */
export async function reverseAll(
  tx: Tx,
  wanted: readonly { id: number; label: string }[],
  day: Day,
): Promise<Outcome<Map<number, Posted>>> {
  const mirrors = new Map<number, Posted>();
  if (wanted.length === 0) return done(mirrors);
  const ids = wanted.map(({ id }) => id);
  // Two corrections of one entry wait for each other before they look.
  await sql`select from journal j where j.garden_id = app_garden()
    and j.id in (select journal_id from entry where garden_id = app_garden() and id = any(${ids}::bigint[])) order by j.id for no key update of j`.execute(
    tx,
  );
  const { rows } = await sql<Stored>`
    select e.id, j.code as journal, e.label, e.document, e.document_day as "documentDay", e.reverses,
      exists (select from entry r where r.garden_id = e.garden_id and r.reverses = e.id) as reversed, l.lines
    from entry e
    join journal j on j.garden_id = e.garden_id and j.id = e.journal_id
    join (
      select l.entry_id, jsonb_agg(jsonb_build_object('account', a.number, 'amount', l.amount_cents, 'customer', l.customer_id, 'activity', l.activity_id,
        'label', l.label) order by l.position) as lines
      from entry_line l join account a on a.garden_id = l.garden_id and a.id = l.account_id
      where l.garden_id = app_garden() and l.entry_id = any(${ids}::bigint[]) group by l.entry_id
    ) l on l.entry_id = e.id
    where e.garden_id = app_garden() and e.id = any(${ids}::bigint[]) order by e.id`.execute(tx);
  if (rows.length < new Set(ids).size) return refuse('Cette écriture n’existe pas.');
  if (rows.some(({ reversed }) => reversed)) return refuse('Cette écriture a déjà été contre-passée.');
  if (rows.some(({ reverses }) => reverses !== null)) return refuse('Cette écriture en corrige déjà une autre : passez-en une nouvelle.');
  const closed = await closedUntil(tx);
  if (closed && day <= closed) return refuseClosed(closed);
  const labels = new Map(wanted.map(({ id, label }) => [id, label]));
  for (const [journal, some] of Map.groupBy(rows, (one) => one.journal)) {
    const entries = some.map(({ id, document, documentDay, lines }) => ({
      ...{ day, label: labels.get(id)!, document, documentDay, reverses: id, lines: turned(lines) },
    }));
    const posted = await post(tx, journal, entries);
    posted.forEach((one, index) => {
      mirrors.set(some[index]!.id, one);
    });
  }
  return done(mirrors);
}

import { sql } from 'kysely';
import { addDays, type Day, shortDay } from '#kernel/day.ts';
import type { Tx } from '#platform/db/index.ts';
import type { BankFormat, BankLine } from '../rules/statement.ts';
import { type Movement, mayBeSame, movementsOf, toldTwice } from '../rules/told-twice.ts';
import { lineSource } from './bank-lines.ts';

type KeptLine = BankLine & { id: number; state: 'open' | 'matched' | 'ignored'; account: number | null; file: string; table: boolean };

/**
 * Lines just kept that a file of the other kind told: they are put aside beside it, or it beside them while nothing was done with it, since camt files say more.
 * Nothing is removed: whoever sees that they are two puts the line back to deal with. One query, and one update for each pair.
 * @returns how many of the file's lines were told already.
 */
export async function putAsideToldTwice(tx: Tx, file: number, format: BankFormat): Promise<number> {
  const { rows } = await sql<KeptLine & { mine: boolean }>`
    select ${toldColumns}, l.file_id = ${file} as mine
    from ${lineSource}
    where l.garden_id = app_garden() and l.day between
        (select min(day) - 31 from bank_line where garden_id = app_garden() and file_id = ${file})
        and (select max(day) + 31 from bank_line where garden_id = app_garden() and file_id = ${file})
      and (l.file_id = ${file} or (f.format = 'csv') <> ${format === 'csv'}) and ${stands}
    order by l.id`.execute(tx);
  let aside = 0;
  for (const some of Map.groupBy(rows, ({ account }) => account).values()) {
    const [mine, theirs] = [some.filter((line) => line.mine), some.filter((line) => !line.mine)];
    for (const { fresh, kept } of toldTwice(movementsOf(mine), movementsOf(theirs))) {
      const mineWins = format !== 'csv' && kept.lines.every(({ state }) => state === 'open');
      const [loser, winner] = mineWins ? [kept, fresh] : [fresh, kept];
      await putAside(tx, loser.lines, winner.lines[0]!);
      if (!mineWins) aside += fresh.lines.length;
    }
  }
  return aside;
}

async function putAside(tx: Tx, lines: readonly KeptLine[], same: KeptLine): Promise<void> {
  await sql`
    update bank_line set state = 'ignored', same_as = ${same.id}, note = ${`Déjà lue dans « ${same.file.slice(0, 100)} »`}, version = version + 1
    where garden_id = app_garden() and state = 'open' and id = any(${lines.map(({ id }) => id)}::bigint[])`.execute(tx);
}

/** Told by itself, and by no other line yet, nor is any part of the same movement. */
const stands = sql`l.same_as is null
  and l.id not in (select same_as from bank_line where garden_id = app_garden() and same_as is not null)
  and l.entry_key not in (select t.entry_key from bank_line s join bank_line t on t.garden_id = s.garden_id and t.id = s.same_as
    where s.garden_id = app_garden() and t.entry_key <> '')`;

const toldColumns = sql`
  l.id, l.state, l.bank_account_id as account, f.name as file, f.format = 'csv' as "table", l.key, l.entry_key as "entryKey", l.entry_cents as "entryCents", l.day,
  l.value_day as "valueDay", l.amount_cents as amount, l.label, l.counterparty, l.end_to_end as "endToEnd"`;

/** `line`: the key of the line that may be the same as `id`. */
export type Twin = { id: number; line: string; day: Day; file: string; label: string };

/** What lines to deal with may have been told as by files of the other kind, for people to say. One query. */
export async function twinsOf(tx: Tx, lines: readonly { key: string; day: Day }[]): Promise<Twin[]> {
  if (lines.length === 0) return [];
  const days = lines.map(({ day }) => day).sort();
  const { rows } = await sql<KeptLine>`
    select ${toldColumns} from ${lineSource}
    where l.garden_id = app_garden() and l.day between ${addDays(days[0]!, -31)} and ${addDays(days.at(-1)!, 31)} and ${stands} order by l.id`.execute(
    tx,
  );
  const wanted = new Set(lines.map(({ key }) => key));
  return [...Map.groupBy(rows, ({ account }) => account).values()].flatMap((some) => {
    const sides = Map.groupBy(some, ({ table }) => table);
    const [tables, camt] = [movementsOf(sides.get(true) ?? []), movementsOf(sides.get(false) ?? [])];
    const byAmount = Map.groupBy(camt, ({ amount }) => amount);
    return tables.flatMap((one) =>
      (byAmount.get(one.amount) ?? [])
        .filter((other) => mayBeSame(one, other))
        .flatMap((other) => [...twin(one, other, wanted), ...twin(other, one, wanted)]),
    );
  });
}

const twin = (one: Movement<KeptLine>, { lines: [other] }: Movement<KeptLine>, wanted: ReadonlySet<string>): Twin[] =>
  one.lines
    .filter(({ key, state }) => state === 'open' && wanted.has(key))
    .map(({ key }) => ({ id: other!.id, line: key, day: other!.day, file: other!.file, label: other!.counterparty || other!.label }));

/** Why a line is not the same as another; null when it may be. */
export async function whyNotSame(tx: Tx, line: { key: string; day: Day }, other: number): Promise<string | null> {
  return (await twinsOf(tx, [line])).some(({ id }) => id === other)
    ? null
    : 'Cette ligne-là est d’un autre montant, ou une autre ligne est déjà la même.';
}

/** The line is one that another file told: nothing more is done with it. */
export async function sayItIsSame(tx: Tx, line: { id: number }, other: number): Promise<void> {
  await sql`
    update bank_line l set state = 'ignored', same_as = o.id, note = 'Déjà lue dans « ' || left(f.name, 100) || ' »', version = l.version + 1
    from bank_line o join bank_file f on f.garden_id = o.garden_id and f.id = o.file_id
    where l.garden_id = app_garden() and l.id = ${line.id} and o.garden_id = l.garden_id and o.id = ${other}`.execute(tx);
}

export const sayTwin = ({ day, file, label }: Twin): string =>
  `Déjà lue : ${[label.slice(0, 60), `le ${shortDay(day)}`].filter(Boolean).join(', ')} (« ${file} »)`;

import { type RawBuilder, sql } from 'kysely';
import { likePattern, searchPieces } from '#domains/customers/rules/search.ts';
import { type Cents, parseEuros } from '#kernel/money.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import type { BankFormat } from '../rules/statement.ts';
import { lineColumns, lineSource, type StoredLine } from './bank-lines.ts';

/** A line in the list, with what it turned out to be in a few words. */
export type BankLineRow = StoredLine & { payer: string; batchName: string; slipNumber: number | null; postedTo: string };
export type BankLinesAsked = {
  search: string;
  sort: string;
  direction: 'asc' | 'desc';
  page: number;
  perPage: number;
  filters: Record<string, string>;
};
export type BankLineList = { rows: BankLineRow[]; total: number; received: Cents; paid: Cents };

export const bankLineSorts = ['date', 'montant'];

const what = sql`
  coalesce(concat_ws(' ', c.last_name, nullif(c.first_name, '')), '') as payer, coalesce(b.name, t.name, '') as "batchName", r.number as "slipNumber",
  coalesce(g.number || ' ' || g.name, '') as "postedTo"`;
const source = sql`${lineSource}
  left join payment p on p.garden_id = l.garden_id and p.id = l.payment_id
  left join debit_line d on d.garden_id = l.garden_id and d.id = l.debit_line_id
  left join customer c on c.garden_id = l.garden_id and c.id = coalesce(p.customer_id, d.customer_id)
  left join debit_batch b on b.garden_id = l.garden_id and b.id = l.debit_batch_id
  left join transfer_batch t on t.garden_id = l.garden_id and t.id = l.transfer_batch_id
  left join remittance r on r.garden_id = l.garden_id and r.id = l.remittance_id
  left join lateral (
    select a.number, a.name from entry_line e join account a on a.garden_id = e.garden_id and a.id = e.account_id
    where l.act = 'posted' and e.garden_id = l.garden_id and e.entry_id = l.entry_id and sign(e.amount_cents) = -sign(l.amount_cents) limit 1
  ) g on true`;

/** Lines that answer what is asked, a page at a time, with their sums. Two queries. */
export function bankLineList(actor: Actor, asked: BankLinesAsked): Promise<BankLineList> {
  requireRight(actor, 'payments:read');
  return readInGarden(actor, async (tx) => {
    const [{ rows: counted }, { rows }] = await Promise.all([
      sql<Omit<BankLineList, 'rows'>>`
        select count(*)::int as total, coalesce(sum(l.amount_cents) filter (where l.amount_cents > 0), 0)::bigint as received,
          coalesce(sum(l.amount_cents) filter (where l.amount_cents < 0), 0)::bigint as paid
        from ${source} where ${conditions(asked)}`.execute(tx),
      sql<BankLineRow>`
        select ${lineColumns}, ${what} from ${source} where ${conditions(asked)} order by ${order(asked)}
        limit ${asked.perPage} offset ${(asked.page - 1) * asked.perPage}`.execute(tx),
    ]);
    return { ...counted[0]!, rows };
  });
}

/** All of them, for a file. One query. */
export function bankLinesToExport(actor: Actor, asked: BankLinesAsked): Promise<BankLineRow[]> {
  requireRight(actor, 'payments:read');
  return readInGarden(actor, async (tx) => {
    const { rows } =
      await sql<BankLineRow>`select ${lineColumns}, ${what} from ${source} where ${conditions(asked)} order by ${order(asked)}`.execute(tx);
    return rows;
  });
}

function conditions({ search, filters }: BankLinesAsked): RawBuilder<unknown> {
  const all = [sql`l.garden_id = app_garden()`];
  if (filters.etat) all.push(sql`l.state = ${filters.etat}`);
  if (filters.sens) all.push(filters.sens === 'recu' ? sql`l.amount_cents > 0` : sql`l.amount_cents < 0`);
  if (filters.fichier) all.push(sql`l.file_id = ${Number(filters.fichier)}`);
  const cents = parseEuros(search);
  if (cents !== null) all.push(sql`abs(l.amount_cents) = ${Math.abs(cents)}`);
  else
    for (const piece of searchPieces(search))
      all.push(
        sql`search_text(concat_ws(' ', l.label, l.counterparty, l.end_to_end, l.mandate_reference, c.last_name, c.first_name)) like search_text(${likePattern(piece)})`,
      );
  return sql.join(all, sql` and `);
}

function order({ sort, direction }: BankLinesAsked): RawBuilder<unknown> {
  const turn = direction === 'desc' ? sql`desc` : sql`asc`;
  return sort === 'montant' ? sql`abs(l.amount_cents) ${turn}, l.day desc, l.id desc` : sql`l.day ${turn}, l.id ${turn}`;
}

export type BankFileRow = {
  id: number;
  name: string;
  format: BankFormat;
  accountName: string;
  createdAt: Date;
  by: string;
  /** Lines it told; those it was the first to tell, and where they stand. */
  lines: number;
  added: number;
  open: number;
  matched: number;
  ignored: number;
};

/** Files read, the latest first. One query. */
export function bankFiles(actor: Actor): Promise<BankFileRow[]> {
  requireRight(actor, 'payments:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<BankFileRow>`
      select f.id, f.name, f.format, coalesce(a.name, '') as "accountName", f.created_at as "createdAt", coalesce(u.name, '') as by, f.lines,
        count(l.id) filter (where l.same_as is null)::int as added, count(l.id) filter (where l.state = 'open')::int as open,
        count(l.id) filter (where l.state = 'matched')::int as matched, count(l.id) filter (where l.state = 'ignored')::int as ignored
      from bank_file f
      left join bank_account a on a.garden_id = f.garden_id and a.id = f.bank_account_id
      left join auth."user" u on u.id = f.created_by
      left join bank_line l on l.garden_id = f.garden_id and l.file_id = f.id
      where f.garden_id = app_garden()
      group by f.garden_id, f.id, a.name, u.name order by f.created_at desc, f.id desc limit 200`.execute(tx);
    return rows;
  });
}

/** A file as the bank gave it, to keep; null when there is none. One query. */
export function bankFileContent(actor: Actor, id: number): Promise<{ name: string; content: Buffer } | null> {
  requireRight(actor, 'payments:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<{ name: string; content: Buffer }>`
      select name, content from bank_file where garden_id = app_garden() and id = ${id}`.execute(tx);
    return rows[0] ?? null;
  });
}

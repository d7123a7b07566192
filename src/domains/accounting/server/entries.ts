import { type RawBuilder, sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import { type Cents, parseEuros } from '#kernel/money.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';

export type EntryRow = {
  id: number;
  journal: string;
  number: number;
  day: Day;
  label: string;
  document: string;
  amount: Cents;
  accounts: string[];
  state: 'plain' | 'reversed' | 'reversal';
};

export type EntriesAsked = {
  search?: string;
  journal?: string;
  account?: string;
  from: Day;
  until: Day;
  sort?: 'day' | 'number' | 'amount';
  direction?: 'asc' | 'desc';
  limit?: number;
  offset?: number;
};

/** A word of a search: in the label, the document, a customer's name, or an amount to the cent. */
function says(word: string): RawBuilder<unknown> {
  const cents = parseEuros(word);
  const like = `%${word.replace(/[\\%_]/g, '\\$&')}%`;
  return sql`(search_text(e.label || ' ' || e.document) like search_text(${like}) or exists (
    select from entry_line l left join customer c on c.garden_id = l.garden_id and c.id = l.customer_id
    where l.garden_id = e.garden_id and l.entry_id = e.id
      and (abs(l.amount_cents) = ${cents === null ? null : Math.abs(cents)}::bigint or c.search like search_text(${like}))))`;
}

const amountOf = sql`
  select sum(l.amount_cents) filter (where l.amount_cents > 0)::bigint as amount from entry_line l where l.garden_id = e.garden_id and l.entry_id = e.id`;
const sorts = { day: sql`e.day`, number: sql`e.number`, amount: sql`(${amountOf})` };

/** Entries of a period, a page at a time, with their number and their sum (of debits) in all. One query, which looks into the lines of that page alone. */
export async function listEntries(actor: Actor, asked: EntriesAsked): Promise<{ rows: EntryRow[]; total: number; sum: Cents }> {
  requireRight(actor, 'accounting:read');
  const { search = '', journal, account, from, until, sort = 'day', direction = 'desc', limit = 50, offset = 0 } = asked;
  const way = direction === 'asc' ? sql`asc` : sql`desc`;
  const where = [
    sql`e.day between ${from} and ${until}`,
    ...(journal ? [sql`j.code = ${journal}`] : []),
    ...(account ? [sql`exists (${holds(account)})`] : []),
    ...search.split(/\s+/).filter(Boolean).map(says),
  ];
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<{ rows: EntryRow[]; total: number; sum: Cents }>`
      with found as materialized (
        select e.garden_id, e.id, j.code as journal, e.number, e.day, e.label, e.document, e.reverses,
          row_number() over (order by ${sorts[sort]} ${way}, e.posted_at ${way}, e.id ${way}) as place
        from entry e join journal j on j.garden_id = e.garden_id and j.id = e.journal_id
        where e.garden_id = app_garden() and ${sql.join(where, sql` and `)}
      )
      select (select count(*)::int from found) as total,
        (select coalesce(sum(l.amount_cents), 0)::bigint from found f join entry_line l on l.garden_id = f.garden_id and l.entry_id = f.id and l.amount_cents > 0) as sum,
        coalesce((
          select jsonb_agg(jsonb_build_object('id', e.id, 'journal', e.journal, 'number', e.number, 'day', e.day, 'label', e.label, 'document', e.document,
            'amount', (${amountOf}), 'accounts', (
              select jsonb_agg(distinct a.number order by a.number) from entry_line l join account a on a.garden_id = l.garden_id and a.id = l.account_id
              where l.garden_id = e.garden_id and l.entry_id = e.id),
            'state', case when e.reverses is not null then 'reversal'
              when exists (select from entry r where r.garden_id = e.garden_id and r.reverses = e.id) then 'reversed' else 'plain' end) order by e.place)
          from found e where e.place > ${offset} and e.place <= ${offset + limit}), '[]') as rows`.execute(tx);
    return rows[0]!;
  });
}

const holds = (account: string) => sql`
  select from entry_line l join account a on a.garden_id = l.garden_id and a.id = l.account_id
  where l.garden_id = e.garden_id and l.entry_id = e.id and a.number = ${account}`;

export type EntryPage = {
  id: number;
  journal: string;
  journalName: string;
  number: number;
  day: Day;
  label: string;
  document: string;
  documentDay: Day;
  documentId: number | null;
  source: string | null;
  postedAt: Date;
  person: string | null;
  hash: string;
  reverses: { id: number; number: number } | null;
  reversedBy: { id: number; number: number; day: Day } | null;
  lines: {
    account: string;
    accountName: string;
    amount: Cents;
    label: string;
    customer: { id: number; number: string; name: string } | null;
    activity: string | null;
  }[];
};

/** One entry with its lines and the document that it rests on; null when it does not exist. One query. */
export function entry(actor: Actor, id: number): Promise<EntryPage | null> {
  requireRight(actor, 'accounting:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<EntryPage>`
      select e.id, j.code as journal, j.name as "journalName", e.number, e.day, e.label, e.document, e.document_day as "documentDay", e.source,
        e.posted_at as "postedAt", u.name as person, encode(e.hash, 'hex') as hash,
        (select d.id from document d where d.garden_id = e.garden_id and d.entry_id = e.id limit 1) as "documentId",
        (select jsonb_build_object('id', o.id, 'number', o.number) from entry o where o.garden_id = e.garden_id and o.id = e.reverses) as reverses,
        (select jsonb_build_object('id', r.id, 'number', r.number, 'day', r.day) from entry r where r.garden_id = e.garden_id and r.reverses = e.id)
          as "reversedBy",
        (select jsonb_agg(jsonb_build_object('account', a.number, 'accountName', a.name, 'amount', l.amount_cents, 'label', l.label,
            'customer', case when c.id is not null then jsonb_build_object('id', c.id, 'number', c.number, 'name', concat_ws(' ', c.last_name, nullif(c.first_name, ''))) end,
            'activity', v.name) order by l.position)
          from entry_line l
          join account a on a.garden_id = l.garden_id and a.id = l.account_id
          left join customer c on c.garden_id = l.garden_id and c.id = l.customer_id
          left join activity v on v.garden_id = l.garden_id and v.id = l.activity_id
          where l.garden_id = e.garden_id and l.entry_id = e.id) as lines
      from entry e
      join journal j on j.garden_id = e.garden_id and j.id = e.journal_id
      left join auth."user" u on u.id = e.user_id
      where e.garden_id = app_garden() and e.id = ${id}`.execute(tx);
    return rows[0] ?? null;
  });
}

export type JournalRow = { code: string; name: string; entries: number; amount: Cents; last: Day | null };

/** The journals, with what a period holds of each. One query. */
export async function journals(actor: Actor, from: Day, until: Day): Promise<JournalRow[]> {
  requireRight(actor, 'accounting:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<JournalRow>`
      select j.code, j.name, count(distinct e.id)::int as entries, coalesce(sum(l.amount_cents) filter (where l.amount_cents > 0), 0)::bigint as amount,
        max(e.day) as last
      from journal j
      left join entry e on e.garden_id = j.garden_id and e.journal_id = j.id and e.day between ${from} and ${until}
      left join entry_line l on l.garden_id = e.garden_id and l.entry_id = e.id
      where j.garden_id = app_garden()
      group by j.garden_id, j.id order by array_position(array['VE', 'BQ', 'CA', 'OD', 'AN'], j.code) nulls last, j.code`.execute(tx);
    return rows;
  });
}

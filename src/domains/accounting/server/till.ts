import { createHash } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import { addDays, type Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { type Before, canonical, closingsOf, type Movement, type Sold, type TillClosing, type TillTotals } from '../rules/till.ts';
import { holdLedger } from './hold.ts';
import { storedYears } from './years.ts';

/** The closing before the first. */
export const tillStart = Buffer.alloc(32);

/** sha256 of the closing before it and of all that it says. */
export const tillHash = (previous: Buffer, { kind, from, until, totals, total, perpetual, payments }: TillClosing): Buffer =>
  createHash('sha256').update(previous).update(canonical({ kind, from, until, totals, total, perpetual, payments })).digest();

/** Receipts as entries of the ledger, one row each, what was rejected or cancelled on the day of its reversal: `method kind amount day journal number`. */
export const movements: RawBuilder<unknown> = sql`(
  select p.id as payment, m.name as method, case p.direction when 'in' then 'received' else 'given_back' end as kind,
    case p.direction when 'in' then p.amount_cents else -p.amount_cents end as amount, e.day, j.code as journal, e.number
  from payment p
  join payment_method m on m.garden_id = p.garden_id and m.id = p.method_id
  join entry e on e.garden_id = p.garden_id and e.id = p.entry_id
  join journal j on j.garden_id = e.garden_id and j.id = e.journal_id
  where p.garden_id = app_garden()
  union all
  select p.id, m.name, 'taken_back', case p.direction when 'in' then -p.amount_cents else p.amount_cents end, e.day, j.code, e.number
  from payment p
  join payment_method m on m.garden_id = p.garden_id and m.id = p.method_id
  join entry e on e.garden_id = p.garden_id and e.id = p.reversal_id
  join journal j on j.garden_id = e.garden_id and j.id = e.journal_id
  where p.garden_id = app_garden()
)`;

/** What was sold, by rate: documents issued, and markets' takings. `rate net vat gross day journal number`. */
export const sold: RawBuilder<unknown> = sql`(
  select l.vat_basis_points as rate, l.net_cents as net, l.vat_cents as vat, l.gross_cents as gross, e.day, j.code as journal, e.number
  from document d
  join document_line l on l.garden_id = d.garden_id and l.document_id = d.id
  join entry e on e.garden_id = d.garden_id and e.id = d.entry_id
  join journal j on j.garden_id = e.garden_id and j.id = e.journal_id
  where d.garden_id = app_garden()
  union all
  select rate, (gross - vat) * sign, vat * sign, gross * sign, e.day, j.code, e.number
  from taking t
  cross join lateral (
    select (line ->> 'vatBasisPoints')::integer as rate, (line ->> 'grossCents')::bigint as gross,
      round((line ->> 'grossCents')::numeric * (line ->> 'vatBasisPoints')::integer / (10000 + (line ->> 'vatBasisPoints')::integer))::bigint as vat
    from jsonb_array_elements(t.lines) line
  ) l
  join entry first on first.garden_id = t.garden_id and first.id = t.entry_id
  join entry e on e.garden_id = t.garden_id and (e.id = t.entry_id or e.reverses = t.entry_id)
  join journal j on j.garden_id = e.garden_id and j.id = e.journal_id
  cross join lateral (select case when e.id = t.entry_id then 1 else -1 end as sign) s
  where t.garden_id = app_garden()
)`;

type Last = Before & { hash: Buffer; upTo: Record<string, number> };

async function lastClosings(tx: Tx): Promise<Last> {
  const { rows } = await sql<{ kind: TillClosing['kind']; until: Day; perpetual: Cents; upTo: Record<string, number> }>`
    select distinct on (kind) kind, until_on as until, perpetual_cents as perpetual, totals -> 'upTo' as "upTo" from till_closing
    where garden_id = app_garden() order by kind, until_on desc`.execute(tx);
  const of = (kind: TillClosing['kind']) => rows.find((row) => row.kind === kind);
  const [months, years] = [of('month')?.until ?? null, of('year')?.until ?? null];
  const hash = await sql<{ hash: Buffer }>`select hash from till_closing where garden_id = app_garden() order by id desc limit 1`.execute(
    tx,
  );
  const day = of('day');
  return {
    until: day?.until ?? null,
    perpetual: day?.perpetual ?? 0,
    upTo: day?.upTo ?? {},
    months,
    years,
    hash: hash.rows[0]?.hash ?? tillStart,
    // Days of months and years that are not closed yet.
    days: await tillRows(
      tx,
      sql`kind = 'day' and until_on > least(coalesce(${months}::date, '-infinity'), coalesce(${years}::date, '-infinity'))`,
    ),
  };
}

/** Makes the closings that are missing up to a day, and chains them: a few queries, whatever their number. The ledger is held meanwhile. */
export async function closeTillDays(tx: Tx, actor: Actor, until: Day): Promise<TillClosing[]> {
  const upTo = await holdLedger(tx);
  const last = await lastClosings(tx);
  // Taken by no closing yet: of a later day, or written after the last closing looked.
  const untaken = sql`x.day <= ${until} and (${last.until}::date is null or x.day > ${last.until}
    or x.number > coalesce((${JSON.stringify(last.upTo)}::jsonb ->> x.journal)::integer, 0))`;
  const received =
    await sql<Movement>`select x.day, x.method, x.kind, x.amount::bigint as amount from ${movements} x where ${untaken}`.execute(tx);
  const sales = await sql<Sold>`
    select x.day, x.rate as "vatBasisPoints", sum(x.net)::bigint as net, sum(x.vat)::bigint as vat, sum(x.gross)::bigint as gross
    from ${sold} x where ${untaken} group by x.day, x.rate`.execute(tx);
  const made = closingsOf(received.rows, sales.rows, last, until, upTo, await storedYears(tx));
  let hash = last.hash;
  const rows = made.map((closing) => {
    hash = tillHash(hash, closing);
    return { ...closing, hash: hash.toString('hex') };
  });
  await sql`
    insert into till_closing (garden_id, kind, from_on, until_on, totals, total_cents, perpetual_cents, payments, hash, user_id)
    select app_garden(), kind, "from", "until", totals, total, perpetual, payments, decode(hash, 'hex'), ${actor.userId}
    from (select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (kind text, "from" date, "until" date, totals jsonb, total bigint,
      perpetual bigint, payments integer, hash text)) rows`.execute(tx);
  return made;
}

export type TillRow = TillClosing & { id: number; hash: Buffer; madeAt: Date };

const tillRows = async (tx: Tx, where: RawBuilder<unknown>, more = sql`order by id`): Promise<TillRow[]> =>
  (
    await sql<TillRow>`
      select id, kind, from_on as "from", until_on as until, totals, total_cents as total, perpetual_cents as perpetual, payments, hash, created_at as "madeAt"
      from till_closing where garden_id = app_garden() and ${where} ${more}`.execute(tx)
  ).rows;

/** Closings of some days, in their order; all of them without days. */
export const tillClosings = (tx: Tx, from: Day | null, until: Day | null): Promise<TillRow[]> =>
  tillRows(tx, sql`(${from}::date is null or until_on >= ${from}) and (${until}::date is null or until_on <= ${until})`);

/** Closes the till up to a day, today at most: what comes later that day goes with the next closing. */
export function closeTill(actor: Actor, until: Day, today: Day): Promise<Outcome<TillClosing[]>> {
  requireRight(actor, 'accounting:change');
  return inGarden(actor, async (tx) => {
    if (until > today) return refuse('Ce jour n’est pas encore arrivé.', { until: 'Choisissez aujourd’hui ou un jour passé.' });
    return done(await closeTillDays(tx, actor, until));
  });
}

export type Till = {
  rows: TillRow[];
  total: number;
  perpetual: Cents;
  closedUntil: Day | null;
  /** Receipts that no closing has taken yet, up to yesterday. */
  waiting: { payments: number; amount: Cents; since: Day | null };
  archives: { id: number; from: Day; until: Day; payments: number; madeAt: Date; digest: string; person: string | null }[];
};

/** The till as its page shows it: closings of one kind, latest first, a page at a time; what waits for one; archives made. Four queries. */
export function till(actor: Actor, today: Day, asked: { kind: TillClosing['kind']; limit: number; offset: number }): Promise<Till> {
  requireRight(actor, 'accounting:read');
  return readInGarden(actor, async (tx) => {
    const rows = await tillRows(tx, sql`kind = ${asked.kind}`, sql`order by id desc limit ${asked.limit} offset ${asked.offset}`);
    const { rows: state } = await sql<{ total: number; perpetual: Cents; closed: Day | null; upTo: Record<string, number> }>`
      select (select count(*)::int from till_closing where garden_id = app_garden() and kind = ${asked.kind}) as total,
        coalesce(d.perpetual_cents, 0) as perpetual, d.until_on as closed, coalesce(d.totals -> 'upTo', '{}') as "upTo"
      from (select 1) one
      left join lateral (
        select * from till_closing where garden_id = app_garden() and kind = 'day' order by until_on desc limit 1
      ) d on true`.execute(tx);
    const { total, perpetual, closed, upTo } = state[0]!;
    const waiting = await sql<Till['waiting']>`
      select count(*)::int as payments, coalesce(sum(x.amount), 0)::bigint as amount, min(x.day) as since from ${movements} x
      where x.day <= ${addDays(today, -1)} and (${closed}::date is null or x.day > ${closed}
        or x.number > coalesce((${JSON.stringify(upTo)}::jsonb ->> x.journal)::integer, 0))`.execute(tx);
    const archives = await sql<Till['archives'][number]>`
      select t.id, t.from_on as "from", t.until_on as until, t.payments, t.created_at as "madeAt", encode(t.digest, 'hex') as digest, u.name as person
      from till_archive t left join auth."user" u on u.id = t.user_id
      where t.garden_id = app_garden() order by t.id desc limit 20`.execute(tx);
    return { rows, total, perpetual, closedUntil: closed, waiting: waiting.rows[0]!, archives: archives.rows };
  });
}

export type { TillTotals };

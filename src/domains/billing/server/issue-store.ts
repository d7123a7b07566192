import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import type { Tx } from '#platform/db/index.ts';
import type { DraftLine } from '../rules/draft.ts';
import type { DocumentKind } from '../rules/numbers.ts';
import type { Prepared } from './issue.ts';

type Counter = { kind: DocumentKind; year: number; last: number };

/** The last numbers given, their rows locked until the transaction ends; `next` gives the one that follows. */
export type Numbers = { next: (kind: DocumentKind, year: number) => number; counters: Counter[] };

/** Locks the counters of these documents, always in the same order, so that two campaigns never wait for each other in a circle. */
export async function lockNumbers(tx: Tx, gardenId: number, documents: readonly Pick<Prepared, 'kind' | 'year'>[]): Promise<Numbers> {
  const wanted = [...new Map(documents.map(({ kind, year }) => [`${kind} ${year}`, { kind, year }])).values()];
  const read = () =>
    sql<Counter>`
    select c.kind, c.year, c.last from document_counter c
    join jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w (kind text, year integer) using (kind, year)
    where c.garden_id = app_garden() order by c.kind, c.year for no key update of c`.execute(tx);
  let { rows } = await read();
  if (rows.length < wanted.length) {
    await tx
      .insertInto('document_counter')
      .values(wanted.map(({ kind, year }) => ({ garden_id: gardenId, kind, year })))
      .onConflict((conflict) => conflict.columns(['garden_id', 'kind', 'year']).doNothing())
      .execute();
    ({ rows } = await read());
  }
  const counters = new Map(rows.map((counter) => [`${counter.kind} ${counter.year}`, counter]));
  return { counters: rows, next: (kind, year) => ++counters.get(`${kind} ${year}`)!.last };
}

export async function keepNumbers(tx: Tx, { counters }: Numbers): Promise<void> {
  await sql`update document_counter c set last = w.last
    from jsonb_to_recordset(${JSON.stringify(counters)}::jsonb) as w (kind text, year integer, last integer)
    where c.garden_id = app_garden() and c.kind = w.kind and c.year = w.year and c.last <> w.last`.execute(tx);
}

/** Which of these were issued already, by their source. */
export async function issuedSources(tx: Tx, documents: readonly Pick<Prepared, 'source'>[]): Promise<Set<string>> {
  const asked = documents.flatMap(({ source }) => source ?? []);
  if (asked.length === 0) return new Set();
  const { rows } = await sql<{ source: string }>`
    select source from document where garden_id = app_garden() and source = any(${asked}::text[])`.execute(tx);
  return new Set(rows.map(({ source }) => source));
}

/** Customers as documents name them: `recipient` is JSON (documents/model.ts), kept as it is; `name` puts the family name first, as accountants sort. */
export async function recipients(
  tx: Tx,
  documents: readonly Pick<Prepared, 'customer'>[],
): Promise<Map<number, { recipient: string; name: string }>> {
  const asked = [...new Set(documents.map(({ customer }) => customer))];
  const { rows } = await sql<{ id: number; recipient: string; name: string }>`
    select id, concat_ws(' ', last_name, nullif(first_name, '')) as name, jsonb_build_object('number', number, 'kind', kind,
      'name', concat_ws(' ', nullif(civility, ''), nullif(first_name, ''), last_name), 'address', address, 'postcode', postcode, 'city', city,
      'email', email)::text as recipient
    from customer where garden_id = app_garden() and id = any(${asked}::bigint[])`.execute(tx);
  return new Map(rows.map(({ id, ...row }) => [id, row]));
}

/** Activities by their code. A code that no activity has is a bug. */
export async function activities(tx: Tx, documents: readonly { lines: readonly DraftLine[] }[]): Promise<Map<string, number>> {
  const rows = await tx.selectFrom('activity').select(['id', 'code']).execute();
  const ids = new Map(rows.map(({ code, id }) => [code, id]));
  for (const { lines } of documents)
    for (const { activity } of lines) if (activity && !ids.has(activity)) throw new Error(`There is no activity ${activity}.`);
  return ids;
}

type Numbered = Omit<Prepared, 'lines'> & {
  number: string;
  sequence: number;
  recipient: string;
  letterhead: number;
  lines: (DraftLine & { net: Cents; vat: Cents; gross: Cents; activityId: number | null })[];
};

/** Their identifiers, by number. */
export async function insertDocuments(
  tx: Tx,
  gardenId: number,
  documents: readonly Numbered[],
  entryOf: (number: string) => number | null,
): Promise<Map<string, number>> {
  const rows = documents.map((one) => ({
    ...{ kind: one.kind, year: one.year, sequence: one.sequence, number: one.number, day: one.day, due_on: one.dueOn },
    ...{ customer_id: one.customer, recipient: one.recipient, letterhead_id: one.letterhead, title: one.title ?? '', note: one.note ?? '' },
    ...{ credits: one.credits ?? null, source: one.source, run_id: one.run ?? null, entry_id: entryOf(one.number) },
    ...{ net_cents: one.net, vat_cents: one.vat, gross_cents: one.gross },
  }));
  const { rows: made } = await sql<{ id: number; number: string }>`
    insert into document (garden_id, kind, year, sequence, number, day, due_on, customer_id, recipient, letterhead_id, title, note, credits, source,
      run_id, net_cents, vat_cents, gross_cents, entry_id, user_id)
    select ${gardenId}::integer, kind, year, sequence, number, day, due_on, customer_id, recipient::jsonb, letterhead_id, title, note, credits, source,
      run_id, net_cents, vat_cents, gross_cents, entry_id, app_user()
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (kind text, year integer, sequence integer, number text, day date, due_on date,
      customer_id bigint, recipient text, letterhead_id bigint, title text, note text, credits bigint, source text, run_id bigint, net_cents bigint,
      vat_cents bigint, gross_cents bigint, entry_id bigint)
    returning id, number`.execute(tx);
  return new Map(made.map(({ id, number }) => [number, id]));
}

export async function insertLines(
  tx: Tx,
  gardenId: number,
  documents: readonly Numbered[],
  ids: ReadonlyMap<string, number>,
): Promise<void> {
  const rows = documents.flatMap(({ number, lines }) =>
    lines.map((line, index) => ({
      ...{ document_id: ids.get(number)!, position: index + 1, kind: line.kind, label: line.label, detail: line.detail ?? '' },
      ...{
        quantity_milli: line.quantity,
        unit_price_cents: line.unitPrice,
        vat_basis_points: line.vatBasisPoints,
        vat_included: line.vatIncluded,
      },
      ...{ net_cents: line.net, vat_cents: line.vat, gross_cents: line.gross, account: line.account, activity_id: line.activityId },
      ...{ product_id: line.product ?? null, subscription_id: line.subscription ?? null, charge_id: line.charge ?? null },
      ...{ credits_line: line.credits ?? null, from_on: line.from ?? null, until_on: line.until ?? null },
    })),
  );
  await sql`
    insert into document_line (garden_id, document_id, position, kind, label, detail, quantity_milli, unit_price_cents, vat_basis_points, vat_included,
      net_cents, vat_cents, gross_cents, account, activity_id, product_id, subscription_id, charge_id, credits_line, from_on, until_on)
    select ${gardenId}::integer, r.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (document_id bigint, position integer, kind text,
      label text, detail text, quantity_milli integer, unit_price_cents bigint, vat_basis_points integer, vat_included boolean, net_cents bigint,
      vat_cents bigint, gross_cents bigint, account text, activity_id bigint, product_id bigint, subscription_id bigint, charge_id bigint,
      credits_line bigint, from_on date, until_on date)`.execute(tx);
}

/** The latest day of documents of this kind and year, or null. */
export async function latestDay(tx: Tx, kind: DocumentKind, year: number): Promise<Day | null> {
  const { latest } = await tx
    .selectFrom('document')
    .select(({ fn }) => fn.max('day').as('latest'))
    .where('kind', '=', kind)
    .where('year', '=', year)
    .executeTakeFirstOrThrow();
  return latest;
}

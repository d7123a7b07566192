import { sql } from 'kysely';
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

/** Of a customer `c`: how documents name him (documents/model.ts). */
const recipient = sql`jsonb_build_object('number', c.number, 'kind', c.kind, 'name', concat_ws(' ', nullif(c.civility, ''), nullif(c.first_name, ''), c.last_name),
  'address', c.address, 'postcode', c.postcode, 'city', c.city, 'email', c.email)`;

/** The family name first, as accountants sort. */
const sortName = sql`concat_ws(' ', c.last_name, nullif(c.first_name, ''))`;

/** Customers as documents name them: `recipient` is JSON, kept as it is. */
export async function recipients(
  tx: Tx,
  documents: readonly Pick<Prepared, 'customer'>[],
): Promise<Map<number, { recipient: string; name: string }>> {
  const asked = [...new Set(documents.map(({ customer }) => customer))];
  const { rows } = await sql<{ id: number; recipient: string; name: string }>`
    select c.id, ${sortName} as name, ${recipient}::text as recipient from customer c where c.garden_id = app_garden() and c.id = any(${asked}::bigint[])`.execute(
    tx,
  );
  return new Map(rows.map(({ id, ...row }) => [id, row]));
}

/** Customers as accountants sort them, the family name first. */
export async function names(tx: Tx, documents: readonly Pick<Prepared, 'customer'>[]): Promise<Map<number, string>> {
  const asked = [...new Set(documents.map(({ customer }) => customer))];
  const { rows } = await sql<{ id: number; name: string }>`
    select c.id, ${sortName} as name from customer c where c.garden_id = app_garden() and c.id = any(${asked}::bigint[])`.execute(tx);
  return new Map(rows.map(({ id, name }) => [id, name]));
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
  letterhead: number;
  lines: (DraftLine & { net: Cents; vat: Cents; gross: Cents; activityId: number | null })[];
};

/** Their identifiers, by number. The recipient is kept as documents name him on that day (documents/model.ts). What is null is left out of the JSON. */
export async function insertDocuments(
  tx: Tx,
  gardenId: number,
  documents: readonly Numbered[],
  entryOf: (number: string) => number | undefined,
): Promise<Map<string, number>> {
  const rows = documents.map((one) => ({
    ...{
      kind: one.kind,
      year: one.year,
      sequence: one.sequence,
      number: one.number,
      day: one.day,
      due_on: one.dueOn,
      customer_id: one.customer,
    },
    ...{ letterhead_id: one.letterhead, title: one.title ?? '', note: one.note ?? '', credits: one.credits ?? undefined },
    ...{ source: one.source ?? undefined, run_id: one.run ?? undefined, entry_id: entryOf(one.number) },
    ...{ net_cents: one.net, vat_cents: one.vat, gross_cents: one.gross },
  }));
  const { rows: made } = await sql<{ id: number; number: string }>`
    insert into document (garden_id, kind, year, sequence, number, day, due_on, customer_id, recipient, letterhead_id, title, note, credits, source,
      run_id, net_cents, vat_cents, gross_cents, entry_id, user_id)
    select ${gardenId}::integer, r.kind, r.year, r.sequence, r.number, r.day, r.due_on, c.id, ${recipient},
      r.letterhead_id, r.title, r.note, r.credits, r.source, r.run_id, r.net_cents, r.vat_cents, r.gross_cents, r.entry_id, app_user()
    from json_to_recordset(${JSON.stringify(rows)}::json) as r (kind text, year integer, sequence integer, number text, day date, due_on date,
      customer_id bigint, letterhead_id bigint, title text, note text, credits bigint, source text, run_id bigint, net_cents bigint, vat_cents bigint,
      gross_cents bigint, entry_id bigint)
    join customer c on c.garden_id = app_garden() and c.id = r.customer_id
    order by r.kind, r.year, r.sequence
    returning id, number`.execute(tx);
  if (made.length !== rows.length) throw new Error('A document is of a customer that does not exist.');
  return new Map(made.map(({ id, number }) => [number, id]));
}

export async function insertLines(
  tx: Tx,
  gardenId: number,
  documents: readonly Numbered[],
  ids: ReadonlyMap<string, number>,
): Promise<void> {
  const rows = documents.flatMap(({ number, lines }) => {
    const document_id = ids.get(number)!;
    return lines.map((line, index) => ({
      ...{ document_id, position: index + 1, kind: line.kind, label: line.label, detail: line.detail ?? '', quantity_milli: line.quantity },
      ...{ unit_price_cents: line.unitPrice, vat_basis_points: line.vatBasisPoints, vat_included: line.vatIncluded, account: line.account },
      ...{ net_cents: line.net, vat_cents: line.vat, gross_cents: line.gross, activity_id: line.activityId ?? undefined },
      ...{ product_id: line.product ?? undefined, subscription_id: line.subscription ?? undefined, charge_id: line.charge ?? undefined },
      ...{ credits_line: line.credits ?? undefined, from_on: line.from ?? undefined, until_on: line.until ?? undefined },
    }));
  });
  await sql`
    insert into document_line (garden_id, document_id, position, kind, label, detail, quantity_milli, unit_price_cents, vat_basis_points, vat_included,
      net_cents, vat_cents, gross_cents, account, activity_id, product_id, subscription_id, charge_id, credits_line, from_on, until_on)
    select ${gardenId}::integer, r.* from json_to_recordset(${JSON.stringify(rows)}::json) as r (document_id bigint, position integer, kind text,
      label text, detail text, quantity_milli integer, unit_price_cents bigint, vat_basis_points integer, vat_included boolean, net_cents bigint,
      vat_cents bigint, gross_cents bigint, account text, activity_id bigint, product_id bigint, subscription_id bigint, charge_id bigint,
      credits_line bigint, from_on date, until_on date)`.execute(tx);
}

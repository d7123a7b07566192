import { type RawBuilder, sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import type { ReceiptContent, ReceiptSheet } from '../documents/model.ts';
import { drawReceipt, drawReceipts } from '../documents/receipt-sheet.ts';
import type { DonorKind } from '../rules/eligibility.ts';
import { gardenFacts, giftsWithoutReceipt, statementsOf, whyNot } from './facts.ts';

export type ReceiptRow = {
  id: number;
  number: string;
  day: Day;
  kind: DonorKind;
  /** Null when it is forgotten: it says nobody any more. */
  donor: number | null;
  name: string;
  email: string;
  cents: Cents;
  gifts: number;
  cancelled: Day | null;
  /** A gift of it is no more (a cheque that bounced, a bill that was credited): it is to be cancelled. */
  toCancel: boolean;
  /** How it was last handed over. */
  sent: 'mail' | 'print' | null;
  /** When it was forgotten, six years after it was made. */
  forgotten: Day | null;
};

const rowColumns = sql`r.id, r.number, r.day, r.kind, r.donor_id as donor, coalesce(trim(d.last_name || ' ' || d.first_name), 'Donateur effacé') as name,
  coalesce(d.email, '') as email, r.cents, r.forgotten_on as forgotten,
  jsonb_array_length(r.content -> 'gifts') as gifts, (select c.day from receipt_cancellation c where c.garden_id = r.garden_id and c.receipt_id = r.id) as cancelled,
  r.forgotten_on is null and exists (select from gift g where g.garden_id = r.garden_id and g.receipt_id = r.id and g.state = 'cancelled') as "toCancel",
  (select s.way from receipt_sending s where s.garden_id = r.garden_id and s.receipt_id = r.id order by s.id desc limit 1) as sent`;

/** The receipts of a year, by the day they were made, in the order of their numbers. */
async function rowsOf(tx: Tx, held: RawBuilder<unknown>): Promise<ReceiptRow[]> {
  const { rows } = await sql<ReceiptRow>`
    select ${rowColumns} from receipt r left join donor d on d.garden_id = r.garden_id and d.id = r.donor_id
    where r.garden_id = app_garden() and ${held} order by r.year desc, r.sequence desc`.execute(tx);
  return rows;
}

export const receiptsOfDonor = (tx: Tx, donor: number): Promise<ReceiptRow[]> => rowsOf(tx, sql`r.donor_id = ${donor}`);

/** What a run of receipts would make, and what holds others back. */
export type YearWaiting = {
  ready: { gifts: number; donors: number; cents: Cents };
  held: { why: string; gifts: { id: number; name: string; cents: Cents }[] }[];
};
export type ReceiptsPage = {
  year: number;
  years: number[];
  rows: ReceiptRow[];
  toCancel: ReceiptRow[];
  waiting: YearWaiting;
  declared: Declared;
};

/** What the yearly declaration asks (CGI, art. 222 bis): gifts received in the year that stand on receipts, and how many receipts were made that year and stand. */
export type Declared = Record<DonorKind, { receipts: number; cents: Cents }>;

/** Receipts of a year, what waits for one, and the totals to declare. Six queries. */
export function receiptsPage(actor: Actor, year: number, today: Day): Promise<ReceiptsPage> {
  requireRight(actor, 'giving:read');
  return readInGarden(actor, async (tx) => {
    const [rows, fallen, gifts, garden, statements, declared, years] = await Promise.all([
      rowsOf(tx, sql`r.year = ${year}`),
      rowsOf(
        tx,
        sql`r.forgotten_on is null and exists (select from gift g where g.garden_id = r.garden_id and g.receipt_id = r.id and g.state = 'cancelled')`,
      ),
      giftsWithoutReceipt(tx, { year }),
      gardenFacts(tx, actor.gardenId),
      statementsOf(tx),
      declaredOf(tx, year),
      sql<{
        year: number;
      }>`select distinct extract(year from day)::int as year from gift where garden_id = app_garden() and state = 'received'
        union select year from receipt where garden_id = app_garden() order by year desc`.execute(tx),
    ]);
    const wanted = gifts.filter(({ wish }) => wish !== 'none');
    const told = wanted.map((gift) => ({ gift, why: whyNot(gift, garden, statements, today) }));
    const ready = told.flatMap(({ gift, why }) => (why === null ? [gift] : []));
    const held = Map.groupBy(told.filter(({ why }) => why !== null), ({ why }) => why!); // biome-ignore format: one line reads better
    return {
      ...{
        year,
        rows,
        // Of all years: nobody looks at those of before by herself.
        toCancel: fallen,
        declared,
        years: [...new Set([Number(today.slice(0, 4)), ...years.rows.map((one) => one.year)])].sort((a, b) => b - a),
      },
      waiting: {
        ready: {
          gifts: ready.length,
          donors: new Set(ready.map(({ donor }) => donor)).size,
          cents: ready.reduce((sum, { cents }) => sum + cents, 0),
        },
        held: [...held].map(([why, some]) => ({
          why,
          gifts: some.map(({ gift }) => ({ id: gift.id, name: `${gift.firstName} ${gift.lastName}`.trim(), cents: gift.cents })),
        })),
      },
    };
  });
}

async function declaredOf(tx: Tx, year: number): Promise<Declared> {
  const { rows } = await sql<{ kind: DonorKind; receipts: number; cents: Cents }>`
    with standing as (
      select r.* from receipt r where r.garden_id = app_garden()
        and not exists (select from receipt_cancellation c where c.garden_id = r.garden_id and c.receipt_id = r.id)
    )
    select k.kind, (select count(*)::int from standing r where r.kind = k.kind and r.year = ${year}) as receipts,
      (select coalesce(sum((g ->> 'cents')::bigint), 0)::bigint from standing r, jsonb_array_elements(r.content -> 'gifts') g
        where r.kind = k.kind and extract(year from (g ->> 'day')::date) = ${year}) as cents
    from (values ('person'), ('company')) k (kind)`.execute(tx);
  const of = (kind: DonorKind) => {
    const { receipts, cents } = rows.find((row) => row.kind === kind)!;
    return { receipts, cents };
  };
  return { person: of('person'), company: of('company') };
}

export type ReceiptPage = ReceiptRow & {
  /** Null when it is forgotten. */
  content: ReceiptContent | null;
  reason: string;
  replaces: { id: number; number: string } | null;
  replacedBy: { id: number; number: string } | null;
  /** Gifts of it that stand: a new one would be made of them. */
  standing: number;
  sendings: { way: 'mail' | 'print'; address: string; at: Date; by: string | null }[];
};

/** Receipts on their pages, with all that they say. One query. */
async function full(tx: Tx, ids: readonly number[]): Promise<ReceiptPage[]> {
  const { rows } = await sql<ReceiptPage>`
    select ${rowColumns}, case when r.forgotten_on is null then r.content end as content, coalesce((select c.reason from receipt_cancellation c where c.garden_id = r.garden_id and c.receipt_id = r.id), '') as reason,
      (select count(*)::int from gift g where g.garden_id = r.garden_id and g.receipt_id = r.id and g.state = 'received') as standing,
      (select jsonb_build_object('id', o.id, 'number', o.number) from receipt o where o.garden_id = r.garden_id and o.id = r.replaces) as replaces,
      (select jsonb_build_object('id', o.id, 'number', o.number) from receipt o where o.garden_id = r.garden_id and o.replaces = r.id) as "replacedBy",
      coalesce((select jsonb_agg(jsonb_build_object('way', s.way, 'address', s.address, 'at', s.created_at,
        'by', (select p.name from auth."user" p where p.id = s.user_id)) order by s.id)
        from receipt_sending s where s.garden_id = r.garden_id and s.receipt_id = r.id), '[]') as sendings
    from receipt r left join donor d on d.garden_id = r.garden_id and d.id = r.donor_id
    where r.garden_id = app_garden() and r.id = any(${[...ids]}::bigint[]) order by r.year, r.sequence`.execute(tx);
  return rows.map((row) => ({ ...row, sendings: row.sendings.map((one) => ({ ...one, at: new Date(one.at) })) }));
}

export function receiptPage(actor: Actor, id: number): Promise<ReceiptPage | null> {
  requireRight(actor, 'giving:read');
  return readInGarden(actor, async (tx) => (await full(tx, [id]))[0] ?? null);
}

/** A receipt that still says whom it was made for. */
export type KeptReceipt = ReceiptPage & { content: ReceiptContent };
const isKept = (receipt: ReceiptPage | undefined): receipt is KeptReceipt => !!receipt?.content;

export const sheetOf = ({ content, number, day, sent, cancelled, replaces, replacedBy }: KeptReceipt): ReceiptSheet => ({
  ...content,
  ...{ number, day, duplicate: sent !== null, replaces: replaces?.number ?? null },
  cancelled: cancelled ? { day: cancelled, by: replacedBy?.number ?? null } : null,
});

export type Pdf = { name: string; content: Buffer };

/** Within a transaction: the receipt as it is handed over now, « duplicata » when it was before. Null when there is none, or it is forgotten. */
export async function receiptFile(tx: Tx, id: number): Promise<(Pdf & { receipt: KeptReceipt }) | null> {
  const [receipt] = await full(tx, [id]);
  return isKept(receipt) ? { name: `recu-fiscal-${receipt.number}`, content: await drawReceipt(sheetOf(receipt)), receipt } : null;
}

/** A receipt as a PDF/A; null when there is none. */
export function receiptPdf(actor: Actor, id: number): Promise<Pdf | null> {
  requireRight(actor, 'giving:read');
  return readInGarden(actor, (tx) => receiptFile(tx, id));
}

/** So many at most are printed in one file. */
export const mostPrinted = 300;

/** The receipts of a year that stand and were not handed over, in one file to be printed; null when there are none. */
export function receiptsPdf(actor: Actor, year: number): Promise<Pdf | null> {
  requireRight(actor, 'giving:read');
  return readInGarden(actor, async (tx) => {
    const ids = (await rowsOf(tx, sql`r.year = ${year}`))
      .filter(({ sent, cancelled, forgotten }) => !sent && !cancelled && !forgotten)
      .map(({ id }) => id);
    if (ids.length === 0) return null;
    const sheets = (await full(tx, ids.reverse().slice(0, mostPrinted))).filter(isKept).map(sheetOf);
    return { name: `recus-fiscaux-${year}`, content: await drawReceipts(sheets) };
  });
}

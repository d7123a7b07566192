import { sql } from 'kysely';
import { type Day, shortDay } from '#kernel/day.ts';
import { done, type Outcome, type Refusal, refuse } from '#kernel/outcome.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Draft, DraftLine, LineKind } from '../rules/draft.ts';
import type { DocumentKind } from '../rules/numbers.ts';
import { type Issued, issue } from './issue.ts';
import { lockNumbers } from './issue-store.ts';

/**
 * The first day of a year on which a document of this kind may be dated: after what is closed, and not before the last one issued that year, since numbers
 * follow each other in time (article 242 nonies A de l'annexe II du CGI). Null: any day.
 */
export async function earliestDay(tx: Tx, kind: DocumentKind, year: number): Promise<Day | null> {
  const { rows } = await sql<{ earliest: Day | null }>`
    select greatest((select max(until_on) + 1 from closing where garden_id = app_garden()),
      (select max(day) from document where garden_id = app_garden() and kind = ${kind} and year = ${year})) as earliest`.execute(tx);
  return rows[0]!.earliest;
}

/** Why no document of this kind can bear this day, or null when one can. */
export async function whyNotThatDay(tx: Tx, kind: DocumentKind, day: Day, field = 'day'): Promise<Refusal | null> {
  const earliest = await earliestDay(tx, kind, Number(day.slice(0, 4)));
  if (!earliest || day >= earliest) return null;
  const what = kind === 'invoice' ? 'Une facture' : 'Un avoir';
  const why = `${what} peut être daté${kind === 'invoice' ? 'e' : ''} à partir du ${shortDay(earliest)} : les numéros suivent les dates, et ce qui est clôturé ne change plus.`;
  return refuse(why, { [field]: `À partir du ${shortDay(earliest)}.` });
}

/** `lines`: their places in the document; absent: all that was not credited yet. */
export type Crediting = { day: Day; note?: string; lines?: readonly number[] };

type Standing = {
  documentId: number;
  number: string;
  kind: DocumentKind;
  customer: number;
  line: DraftLine & { id: number };
};

/**
 * Credits what is left of documents, each by a document of its own that is its mirror to the cent; a credit note is credited by an invoice. Those of which
 * nothing is left are left out: two who credit the same thing at once credit it once.
 */
export async function creditDocuments(
  tx: Tx,
  gardenId: number,
  ids: readonly number[],
  { day, note, lines }: Crediting,
): Promise<Issued[]> {
  const year = Number(day.slice(0, 4));
  await lockNumbers(tx, gardenId, [
    { kind: 'credit_note', year },
    { kind: 'invoice', year },
  ]);
  const standing = await linesLeft(tx, ids, lines);
  const byDocument = Map.groupBy(standing, ({ documentId }) => documentId);
  const drafts = [...byDocument].map(([id, left]): Draft => {
    const { number, kind, customer } = left[0]!;
    const title = kind === 'invoice' ? `Avoir sur la facture ${number}` : `Annulation de l’avoir ${number}`;
    return { customer, day, dueOn: day, title, note: note ?? '', credits: id, lines: left.map(({ line }) => mirrored(line)) };
  });
  return issue(tx, gardenId, drafts);
}

/** Credits one document, whole or by lines. Refused when nothing of it is left, or when the day will not do. */
export async function creditDocument(tx: Tx, gardenId: number, id: number, crediting: Crediting): Promise<Outcome<Issued>> {
  const document = await tx.selectFrom('document').select(['kind']).where('id', '=', id).executeTakeFirst();
  if (!document) return refuse('Ce document n’existe pas.');
  const against = await whyNotThatDay(tx, document.kind === 'invoice' ? 'credit_note' : 'invoice', crediting.day);
  if (against) return against;
  const [made] = await creditDocuments(tx, gardenId, [id], crediting);
  if (made) return done(made);
  if (crediting.lines?.length === 0) return refuse('Choisissez au moins une ligne.', { lines: 'Choisissez au moins une ligne.' });
  return refuse('Tout cela a déjà été annulé par un avoir.');
}

/** The mirror of a line: what was billed is given back, at the same price and rate. */
const mirrored = ({ id, ...line }: Standing['line']): DraftLine => ({ ...line, quantity: -line.quantity, credits: id });

type Row = Omit<Standing, 'line'> & Omit<DraftLine, 'kind'> & { id: number; lineKind: LineKind };

async function linesLeft(tx: Tx, ids: readonly number[], places?: readonly number[]): Promise<Standing[]> {
  const { rows } = await sql<Row>`
    select d.id as "documentId", d.number, d.kind, d.customer_id as customer, l.id, l.kind as "lineKind", l.label, l.detail, l.quantity_milli as quantity,
      l.unit_price_cents as "unitPrice", l.vat_basis_points as "vatBasisPoints", l.vat_included as "vatIncluded", l.account, a.code as activity,
      l.product_id as product, l.subscription_id as subscription, l.charge_id as charge, l.from_on as "from", l.until_on as "until"
    from document d
    join document_line l on l.garden_id = d.garden_id and l.document_id = d.id
    left join activity a on a.garden_id = l.garden_id and a.id = l.activity_id
    where d.garden_id = app_garden() and d.id = any(${[...ids]}::bigint[]) and (${places ?? null}::int[] is null or l.position = any(${places ?? null}::int[]))
      and not exists (select from document_line c where c.garden_id = l.garden_id and c.credits_line = l.id)
    order by array_position(${[...ids]}::bigint[], d.id), l.position`.execute(tx);
  return rows.map(({ documentId, number, kind, customer, lineKind, ...line }) => ({
    documentId,
    number,
    kind,
    customer,
    line: { ...line, kind: lineKind },
  }));
}

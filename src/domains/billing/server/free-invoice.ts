import { sql } from 'kysely';
import { addDays, type Day } from '#kernel/day.ts';
import { done, type Outcome, type Refusal, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { drawDocument } from '../documents/document-sheet.ts';
import type { DocumentSheet } from '../documents/model.ts';
import { asLiable, type Draft, type DraftLine, lineAmounts } from '../rules/draft.ts';
import { type InvoiceValues, linesTyped } from '../schema-documents.ts';
import { type Choice, saleAccounts } from './accounts.ts';
import { whyNotThatDay } from './credit.ts';
import type { Pdf } from './documents-pdf.ts';
import { type Issued, issue } from './issue.ts';
import { recipients } from './issue-store.ts';
import { issuer, letterheadOf } from './letterhead.ts';
import { linesToBill } from './runs-drafts.ts';

/** What the form of an invoice by hand starts from: its customer, when it is due, where sales may go. */
export async function newInvoice(actor: Actor, customer: number, today: Day) {
  requireRight(actor, 'billing:change');
  const choices: { accounts: Choice[]; activities: Choice[] } = await saleAccounts(actor);
  return readInGarden(actor, async (tx) => {
    const person = await tx
      .selectFrom('customer')
      .select(['id', 'number', 'kind', 'last_name as lastName', 'first_name as firstName'])
      .where('id', '=', customer)
      .executeTakeFirst();
    if (!person) return null;
    const { settings } = await issuer(tx, actor.gardenId);
    // So that nobody is led to a pro forma of nothing.
    const toBill = (await linesToBill(tx, actor.gardenId, { until: today, customerIds: [customer] })).has(customer);
    return { person, today, toBill, dueOn: addDays(today, settings.paymentDays), vatLiable: settings.vatLiable, ...choices };
  });
}

/** Issues an invoice by hand. The same form sent twice issues one. */
export function issueInvoice(actor: Actor, values: InvoiceValues): Promise<Outcome<Issued>> {
  requireRight(actor, 'billing:change');
  const { lines, errors } = linesTyped(values);
  if (Object.keys(errors).length > 0) return Promise.resolve(refuse('Quelques lignes sont à revoir.', errors));
  if (values.dueOn < values.day)
    return Promise.resolve(refuse('L’échéance vient avant la facture.', { dueOn: 'Avant la date de la facture.' }));
  return inGarden(actor, async (tx) => {
    const source = `form:${values.key}`;
    const before = await tx
      .selectFrom('document')
      .select(['id', 'kind', 'number', 'customer_id as customer', 'source', 'gross_cents as gross'])
      .where('source', '=', source)
      .executeTakeFirst();
    if (before) return done(before);
    const draft: Draft = { ...headOf(values), source, lines: lines.map((line) => draftLine(line, values)) };
    const against = (await unknownChoice(tx, draft, values)) ?? (await whyNotThatDay(tx, kindOfLines(lines), values.day));
    if (against) return against;
    const [made] = await issue(tx, actor.gardenId, [draft]);
    return made ? done(made) : refuse('Cette facture vient d’être émise : regardez la liste des factures.');
  });
}

/** The same as a pro forma: it has no number, and nothing is kept of it. */
export function proForma(actor: Actor, values: InvoiceValues): Promise<Outcome<Pdf>> {
  requireRight(actor, 'billing:read');
  const { lines, errors } = linesTyped(values);
  if (Object.keys(errors).length > 0) return Promise.resolve(refuse('Quelques lignes sont à revoir.', errors));
  return readInGarden(actor, (tx) => drawn(tx, actor, { ...headOf(values), lines: lines.map((line) => draftLine(line, values)) }));
}

/** What a customer would be billed today, as a pro forma; refused when there is nothing to bill. */
export function proFormaToDate(actor: Actor, customer: number, today: Day): Promise<Outcome<Pdf>> {
  requireRight(actor, 'billing:read');
  return readInGarden(actor, async (tx) => {
    const lines = (await linesToBill(tx, actor.gardenId, { until: today, customerIds: [customer] })).get(customer);
    if (!lines?.length) return refuse('Il n’y a rien à facturer à ce client aujourd’hui.');
    return drawn(tx, actor, { customer, day: today, dueOn: today, title: 'Ce qui n’est pas encore facturé', lines });
  });
}

async function drawn(tx: Tx, actor: Actor, draft: Draft): Promise<Outcome<Pdf>> {
  const person = (await recipients(tx, [draft])).get(draft.customer);
  if (!person) return refuse('Ce client n’existe pas dans votre jardin.');
  const { garden, settings } = await issuer(tx, actor.gardenId);
  const lines = asLiable(draft.lines, settings.vatLiable).map((line) => ({
    ...{ detail: '', from: null, until: null, ...line, ...lineAmounts(line) },
  })) as DocumentSheet['lines'];
  const sheet: DocumentSheet = {
    ...{
      kind: 'pro_forma',
      number: '',
      day: draft.day,
      dueOn: draft.dueOn,
      title: draft.title ?? '',
      note: draft.note ?? '',
      credits: null,
    },
    ...{ letterhead: letterheadOf(garden, settings, draft.day), recipient: JSON.parse(person.recipient), lines },
  };
  return done({ name: `pro-forma-${person.name}-${draft.day}`, content: await drawDocument(sheet) });
}

const headOf = ({ customer, day, dueOn, title, note }: InvoiceValues) => ({ customer, day, dueOn, title, note });

const draftLine = (line: ReturnType<typeof linesTyped>['lines'][number], { vatIncluded, activity }: InvoiceValues): DraftLine => ({
  ...{ kind: 'charge', ...line, vatIncluded, activity: activity || null },
});

const kindOfLines = (lines: readonly { quantity: number; unitPrice: number }[]) =>
  lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0) < 0 ? 'credit_note' : 'invoice';

/** What was chosen in a list may have been archived meanwhile. */
async function unknownChoice(tx: Tx, { customer, lines }: Draft, values: InvoiceValues): Promise<Refusal | null> {
  const accounts = [...new Set(lines.map(({ account }) => account))];
  const { rows } = await sql<{ customer: boolean; activity: boolean; missing: string[] }>`
    select exists (select from customer where garden_id = app_garden() and id = ${customer}) as customer,
      ${values.activity} = '' or exists (select from activity where garden_id = app_garden() and code = ${values.activity}) as activity,
      array(select n from unnest(${accounts}::text[]) n where not exists (
        select from account a where a.garden_id = app_garden() and a.number = n and a.archived_at is null)) as missing`.execute(tx);
  const { customer: known, activity, missing } = rows[0]!;
  if (!known) return refuse('Ce client n’existe pas dans votre jardin.');
  if (!activity) return refuse('Cette activité n’existe plus : choisissez-en une autre.', { activity: 'À choisir de nouveau.' });
  if (missing.length === 0) return null;
  return refuse(`Le compte ${missing.join(', ')} n’est plus utilisé : choisissez-en un autre.`);
}

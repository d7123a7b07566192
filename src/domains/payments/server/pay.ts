import { sql } from 'kysely';
import { findCustomer } from '#domains/customers/index.server.ts';
import type { Day } from '#kernel/day.ts';
import { type Cents, formatEuros } from '#kernel/money.ts';
import { type Outcome, type Refusal, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { usualKind } from '../labels.ts';
import { whyNotDay } from '../rules/pile.ts';
import type { PaymentValues, RefundValues } from '../schema.ts';
import { type AccountItem, comingPayments, openItems, promisedBack } from './items.ts';
import { type Method, methods } from './methods.ts';
import { recordPayment } from './record.ts';

export type PayingPage = {
  customer: { id: number; number: string; name: string };
  /** Above zero: owed; below: in hand. */
  balance: Cents;
  /** Announced or at the bank, not counted yet: to come, less what is to give back. */
  coming: Cents;
  open: (AccountItem & { left: Cents })[];
  methods: Method[];
  /** The way of paying to begin with: the customer's usual one. */
  method: number | null;
};

/** What the form of one customer's payment shows; null when there is no such customer. Four queries. */
export function payingPage(actor: Actor, customerId: number): Promise<PayingPage | null> {
  requireRight(actor, 'payments:change');
  return readInGarden(actor, async (tx) => {
    const [customer, accounts, coming, ways] = await Promise.all([
      findCustomer(tx, customerId),
      openItems(tx, [customerId]),
      comingPayments(tx, [customerId]),
      methods(tx),
    ]);
    if (!customer) return null;
    const account = accounts.get(customerId);
    const usual = usualKind(customer.paymentMethod);
    return {
      customer: { id: customer.id, number: customer.number, name: [customer.lastName, customer.firstName].filter(Boolean).join(' ') },
      balance: account?.balance ?? 0,
      coming: coming.get(customerId) ?? 0,
      open: account?.open ?? [],
      methods: ways,
      // A debit is made by the bank's file, not typed here.
      method:
        ways.find(({ kind }) => kind === usual && kind !== 'direct_debit')?.id ?? ways.find(({ kind }) => kind === 'cheque')?.id ?? null,
    };
  });
}

/** Writes what a customer paid, or announced. */
export function addPayment(actor: Actor, customerId: number, values: PaymentValues, today: Day): Promise<Outcome<{ id: number }>> {
  requireRight(actor, 'payments:change');
  return inGarden(actor, async (tx) => {
    const wrong = await check(tx, customerId, values, values.state === 'paid' ? today : null);
    if (wrong) return wrong;
    const { key, ...rest } = values;
    return recordPayment(tx, actor.gardenId, { ...rest, customer: customerId, source: `form:${key}` });
  });
}

/**
 * Gives money back. By transfer it is asked of the bank with a file: until that file is confirmed, nothing is counted. Everything else is handed over
 * at once. More than the customer has in hand asks to be said twice.
 */
export function addRefund(actor: Actor, customerId: number, values: RefundValues, today: Day): Promise<Outcome<{ id: number }>> {
  requireRight(actor, 'payments:change');
  return inGarden(actor, async (tx) => {
    const { key, beyond, ...rest } = values;
    const wrong = await check(tx, customerId, values, today);
    if (wrong) return wrong;
    const given = { ...rest, customer: customerId, direction: 'out' as const, source: `form:${key}` };
    if (await isKnown(tx, given.source)) return recordPayment(tx, actor.gardenId, given);
    const balance = (await openItems(tx, [customerId])).get(customerId)?.balance ?? 0;
    const inHand = Math.max(0, -balance - (await promisedBack(tx, customerId)));
    if (values.amount > inHand && !beyond) {
      const has = inHand > 0 ? `Ce client n’a que ${formatEuros(inHand)} d’avance.` : 'Ce client n’a rien d’avance.';
      return refuse(`${has} Si vous voulez vraiment lui rendre plus, cochez la case.`, { amount: has });
    }
    const way = (await methods(tx)).find(({ id }) => id === values.method)!;
    return recordPayment(tx, actor.gardenId, { ...given, state: way.kind === 'transfer' ? 'expected' : 'paid' });
  });
}

/** A customer who is there, a way of paying in use, a document of hers, a day that has come (`latest`). */
async function check(
  tx: Tx,
  customer: number,
  { method, document, day }: Pick<PaymentValues, 'method' | 'document' | 'day'>,
  latest: Day | null,
): Promise<Refusal | null> {
  const late = latest && whyNotDay(day, latest);
  if (late) return refuse('La date est à revoir.', { day: late });
  const { rows } = await sql<{ customer: boolean; method: boolean; document: boolean }>`
    select exists (select from customer where garden_id = app_garden() and id = ${customer}) as customer,
      exists (select from payment_method where garden_id = app_garden() and id = ${method} and archived_at is null) as method,
      ${document}::bigint is null or exists (
        select from document where garden_id = app_garden() and id = ${document} and customer_id = ${customer}) as document`.execute(tx);
  const found = rows[0]!;
  if (!found.customer) return refuse('Ce client n’existe pas dans votre jardin.');
  if (!found.method) return refuse('Ce moyen de paiement n’est plus utilisé.', { method: 'Choisissez un des moyens proposés.' });
  return found.document ? null : refuse('Cette facture n’est pas à ce client.', { document: 'Choisissez une de ses factures.' });
}

async function isKnown(tx: Tx, source: string): Promise<boolean> {
  const { rows } = await sql`select from payment where garden_id = app_garden() and source = ${source}`.execute(tx);
  return rows.length > 0;
}

export { check as checkPayment };

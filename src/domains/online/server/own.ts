import { sql } from 'kysely';
import { openItems } from '#domains/payments/index.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { type Outcome, refuse } from '#kernel/outcome.ts';
import { lookOwn, type Own, requireOwn } from '#platform/access/own.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { type Choice, choicesOf } from '../rules/choices.ts';
import { type PayValues, readAmount } from '../schema.ts';
import { paysOnline, startPayment } from './start.ts';

export type OwnPaying = {
  /** False: the garden is not paid online. */
  online: boolean;
  /** Above zero: owed; below: in hand. */
  balance: Cents;
  choices: Choice[];
  /** Paid online a moment ago, or being paid: nobody should pay twice. */
  running: { path: string; cents: Cents; purpose: string } | null;
};

/** What the customer may pay: what is due, each open bill, an amount of hers. Four queries. */
export function ownPaying(own: Own, today: Day): Promise<OwnPaying> {
  const actor = lookOwn(own, 'payments:read');
  return readInGarden(actor, async (tx) => {
    const [provider, account, running] = await Promise.all([
      paysOnline(tx),
      openAccount(tx, own.customerId),
      runningOf(tx, own.customerId),
    ]);
    return { online: provider !== null, balance: account.balance, choices: choicesOf(account.open, account.balance, today), running };
  });
}

/** Begins the payment chosen, recomputed now: what was shown may have been paid meanwhile. @returns the path to send the browser to. */
export function payOwn(own: Own, values: PayValues, returnTo: string, today: Day): Promise<Outcome<{ path: string }>> {
  const actor = requireOwn(own, 'payments:change');
  return inGarden(actor, async (tx) => {
    const { key, choice, amount } = values;
    const start = (cents: Cents, purpose: string, document: number | null) =>
      startPayment(tx, own.gardenId, {
        customerId: own.customerId,
        cents,
        purpose,
        returnTo,
        document,
        key: `own:${own.customerId}:${key}`,
      });
    if (choice === 'autre') {
      const read = readAmount(amount);
      return 'wrong' in read ? refuse('Le montant est à revoir.', { amount: read.wrong }) : start(read.cents, 'Versement au jardin', null);
    }
    const known = await knownPath(tx, `own:${own.customerId}:${key}`);
    if (known) return { ok: true, value: { path: known } };
    const account = await openAccount(tx, own.customerId);
    const chosen = choicesOf(account.open, account.balance, today).find((one) => one.value === choice);
    if (!chosen)
      return refuse('Cela vient d’être réglé, ou a changé : regardez ce qui reste à payer.', { choice: 'Choisissez une des lignes.' });
    return start(chosen.cents, chosen.purpose, chosen.document);
  });
}

async function openAccount(tx: Tx, customerId: number) {
  const account = (await openItems(tx, [customerId])).get(customerId);
  return { balance: account?.balance ?? 0, open: account?.open ?? [] };
}

/** Sent twice, the second time when the first was already paid: the same try. */
async function knownPath(tx: Tx, key: string): Promise<string | null> {
  const { rows } = await sql<{ token: string }>`select token from online_payment where garden_id = app_garden() and key = ${key}`.execute(
    tx,
  );
  return rows[0] ? `/payer/${rows[0].token}` : null;
}

async function runningOf(tx: Tx, customerId: number): Promise<OwnPaying['running']> {
  const { rows } = await sql<{ token: string; cents: Cents; purpose: string }>`
    select token, amount_cents as cents, purpose from online_payment
    where garden_id = app_garden() and customer_id = ${customerId} and state = 'open' and expires_at > now() order by id desc limit 1`.execute(
    tx,
  );
  return rows[0] ? { path: `/payer/${rows[0].token}/retour?quitte=oui`, cents: rows[0].cents, purpose: rows[0].purpose } : null;
}

import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { type Cents, formatEuros } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { config } from '#platform/config.ts';
import type { Tx } from '#platform/db/index.ts';
import { least, most } from '../rules/amount.ts';
import type { ProviderKind } from '../rules/provider.ts';
import { tokenOf } from '../rules/token.ts';

/** What somebody is about to pay. */
export type PaymentWish = {
  customerId: number;
  /** Above zero; from one euro up to fifty thousand. */
  cents: Cents;
  /** What the payer reads, here and at the provider: « Facture F2026-00012 ». */
  purpose: string;
  /** The page of ours to go back to, as a path. */
  returnTo: string;
  /** The document that it pays first; it must be this customer's. */
  document?: number | null;
  /** The key of the form it comes from: sent twice, it is one try. */
  key?: string;
  /** What it is about, for who asked for it: « gift:12 ». Whoever is concerned is told when something is known (`online_settled` in src/jobs.ts). */
  about?: string;
  /** Who pays, when it is not the customer in whose name it is written. */
  payer?: { firstName: string; lastName: string; email: string };
};

/** Through whom the garden is paid online; null when it is not. The provider for trying serves nowhere but in a demonstration. One query. */
export async function paysOnline(tx: Tx): Promise<{ kind: ProviderKind } | null> {
  const { rows } = await sql<{ kind: ProviderKind }>`
    select kind from online_provider where garden_id = app_garden() and active`.execute(tx);
  const [found] = rows;
  return found && (found.kind !== 'test' || config.demo()) ? found : null;
}

/**
 * Begins a payment online, in the transaction given. Nothing leaves yet: the browser is sent (303) to the `path` answered, a page of ours that opens the
 * provider's. Refuses when the garden is not paid online, or the amount cannot be.
 */
export async function startPayment(tx: Tx, gardenId: number, wish: PaymentWish): Promise<Outcome<{ path: string }>> {
  const { customerId, cents, purpose, returnTo, document = null, key = null, about = null, payer = null } = wish;
  const provider = await paysOnline(tx);
  if (!provider) return refuse('Ce jardin ne propose pas encore le paiement en ligne.');
  if (!Number.isSafeInteger(cents) || cents < least)
    return refuse(`On paie en ligne à partir de ${formatEuros(least)}.`, { amount: `Au moins ${formatEuros(least)}.` });
  if (cents > most) return refuse('Ce montant est trop grand pour être payé en ligne.', { amount: `Pas plus de ${formatEuros(most)}.` });
  if (!/^\/(?![/\\])\P{Cc}*$/u.test(returnTo)) throw new Error('A payment goes back to a path of this application.');
  const { rows } = await sql<{ token: string }>`
    insert into online_payment (garden_id, token, customer_id, provider, amount_cents, purpose, document_id, return_to, key, about, payer)
    select ${gardenId}, ${tokenOf(gardenId, randomBytes(16).toString('base64url'))}, c.id, ${provider.kind}, ${cents}, ${purpose.slice(0, 200)},
      (select d.id from document d where d.garden_id = c.garden_id and d.customer_id = c.id and d.id = ${document}), ${returnTo}, ${key}, ${about},
      ${payer === null ? null : JSON.stringify(payer)}::jsonb
    from customer c where c.garden_id = app_garden() and c.id = ${customerId}
    on conflict (garden_id, key) do update set key = excluded.key
    returning token`.execute(tx);
  return rows[0] ? done({ path: `/payer/${rows[0].token}` }) : refuse('Ce client n’existe pas dans ce jardin.');
}

import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { visitorOf } from '#platform/access/own.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { providerLabels } from '../labels.ts';
import type { OnlineState } from '../rules/settle.ts';
import { gardenIn, tokenOf } from '../rules/token.ts';
import { checkOnline } from './check.ts';
import { paysOnline } from './start.ts';
import { findByToken } from './store.ts';

/** What a payer sees of her payment when she comes back: no name, since whoever has the address may look. */
export type Followed = {
  garden: { name: string; accent: string | null };
  state: OnlineState;
  cents: Cents;
  purpose: string;
  reason: string;
  provider: string;
  /** Whether the provider's page is still open for it. */
  canResume: boolean;
  returnTo: string;
};

/** Seconds between two questions to the provider for one payment, however many pages ask. */
const pause = 2;

/**
 * Where a payment is, asking the provider when nothing is known yet: the browser that comes back says nothing that counts. @returns null when there is no such
 * payment.
 */
export async function followPayment(token: string, today: Day): Promise<Followed | null> {
  const gardenId = gardenIn(token);
  if (gardenId === null) return null;
  const visitor = visitorOf(gardenId, 'payments:change');
  const asks = await inGarden(visitor, async (tx) => {
    const { rows } = await sql<{ id: number }>`
      update online_payment set checked_at = now()
      where garden_id = app_garden() and token = ${token} and state in ('open', 'abandoned') and reference is not null
        and coalesce(checked_at < now() - make_interval(secs => ${pause}), true)
      returning id`.execute(tx);
    return rows[0]?.id;
  });
  if (asks) await checkOnline(gardenId, asks, today);
  const known = await readInGarden(visitor, (tx) => findByToken(tx, token));
  if (!known) return null;
  const { state, received, amount, purpose, provider, returnTo, late, garden } = known;
  return {
    ...{ garden, state, purpose, returnTo, cents: received ?? amount, provider: providerLabels[provider].name },
    reason: state === 'failed' ? known.reason : '',
    canResume: state === 'new' || (state === 'open' && !late),
  };
}

/** Tries again what failed or was left: a new try, once however often it is asked. @returns its path; null when there is nothing to try again. */
export async function retryPayment(token: string): Promise<string | null> {
  const gardenId = gardenIn(token);
  if (gardenId === null) return null;
  return inGarden(visitorOf(gardenId, 'payments:change'), async (tx) => {
    const provider = await paysOnline(tx);
    if (!provider) return null;
    const { rows } = await sql<{ token: string }>`
      insert into online_payment (garden_id, token, customer_id, provider, amount_cents, purpose, document_id, return_to, key, about, payer)
      select garden_id, ${tokenOf(gardenId, randomBytes(16).toString('base64url'))}, customer_id, ${provider.kind}, amount_cents, purpose, document_id,
        return_to, 'again:' || id, about, payer
      from online_payment where garden_id = app_garden() and token = ${token} and state in ('failed', 'abandoned')
      on conflict (garden_id, key) do update set key = excluded.key
      returning token`.execute(tx);
    return rows[0] ? `/payer/${rows[0].token}` : null;
  });
}

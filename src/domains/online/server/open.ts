import { sql } from 'kysely';
import { visitorOf } from '#platform/access/own.ts';
import { config } from '#platform/config.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { log } from '#platform/log.ts';
import { providerLabels } from '../labels.ts';
import { nextCheck } from '../rules/settle.ts';
import { gardenIn } from '../rules/token.ts';
import { bare, providerOf, providerRows } from './providers.ts';
import { askLater, findByToken, type Try } from './store.ts';

export type Opening =
  /** The provider's page, ready. */
  | { step: 'go'; garden: Try['garden']; address: string; provider: string; cents: number; purpose: string }
  /** Somebody else is opening it: a double click. */
  | { step: 'wait' }
  /** Nothing to pay any more: see what became of it. */
  | { step: 'over' }
  | { step: 'refused'; garden: Try['garden']; reason: string; returnTo: string };

/** Seconds after which whoever was opening a session is thought lost. */
const patience = 30;

/**
 * Opens the provider's page for a try, or finds it open. However often it is asked, at the same moment too, one session is opened: the provider is asked by
 * whoever came first, and no connection is held meanwhile. @returns null when there is no such try.
 */
export async function openPayment(token: string): Promise<Opening | null> {
  const gardenId = gardenIn(token);
  if (gardenId === null) return null;
  const visitor = visitorOf(gardenId, 'payments:change');
  const found = await inGarden(visitor, async (tx) => {
    const known = await findByToken(tx, token);
    if (known?.state !== 'new') return { known, mine: false, provider: undefined, payer: undefined };
    const { rows } = await sql`
      update online_payment set started_at = now()
      where garden_id = app_garden() and id = ${known.id} and state = 'new' and coalesce(started_at < now() - make_interval(secs => ${patience}), true)
      returning id`.execute(tx);
    if (rows.length === 0) return { known, mine: false, provider: undefined, payer: undefined };
    const { rows: payers } = await sql<{ firstName: string; lastName: string; email: string }>`
      select coalesce(p.payer ->> 'firstName', c.first_name) as "firstName", coalesce(p.payer ->> 'lastName', c.last_name) as "lastName",
        coalesce(p.payer ->> 'email', c.email) as email
      from online_payment p join customer c on c.garden_id = p.garden_id and c.id = p.customer_id
      where p.garden_id = app_garden() and p.id = ${known.id}`.execute(tx);
    return { known, mine: true, provider: (await providerRows(tx)).get(known.provider), payer: payers[0]! };
  });
  const { known, mine, provider, payer } = found;
  if (!known) return null;
  if (known.state === 'open' && known.address && !known.late) return go(known, known.address);
  if (known.state !== 'new') return { step: 'over' };
  if (!mine) return { step: 'wait' };
  const { name } = providerLabels[known.provider];
  const speaks = provider ? providerOf(gardenId, provider) : null;
  const back = `${config.publicUrl()}/payer/${token}/retour`;
  const label = known.purpose;
  const opened = speaks?.ok
    ? await speaks.value.start({ token, cents: known.amount, label, payer: payer!, returnUrl: back, cancelUrl: `${back}?quitte=oui` })
    : speaks;
  if (!opened?.ok) {
    const reason = opened?.reason ?? 'n’est plus dans les réglages';
    log.warn({ part: 'online', garden: gardenId, payment: known.id, reason: bare(reason) }, 'Payment not opened');
    await inGarden(visitor, (tx) =>
      sql`update online_payment set started_at = null, reason = ${`${name} ${reason}.`} where garden_id = app_garden() and id = ${known.id}`.execute(
        tx,
      ),
    );
    return {
      step: 'refused',
      reason: `La page de paiement de ${name} ne s’ouvre pas pour l’instant.`,
      garden: known.garden,
      returnTo: known.returnTo,
    };
  }
  await inGarden(visitor, async (tx) => {
    await sql`
      update online_payment set state = 'open', reason = '', reference = ${opened.value.reference}, address = ${opened.value.address},
        expires_at = ${opened.value.expiresAt}, version = version + 1
      where garden_id = app_garden() and id = ${known.id} and state = 'new'`.execute(tx);
    await askLater(tx, gardenId, known.id, nextCheck(0)!);
  });
  return go(known, opened.value.address);
}

const go = ({ provider, amount, purpose, garden }: Try, address: string): Opening => ({
  step: 'go',
  garden,
  address,
  provider: providerLabels[provider].name,
  cents: amount,
  purpose,
});

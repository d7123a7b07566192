import type { Day } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { onlineLabels, providerLabels } from '../labels.ts';
import type { OnlineState } from '../rules/settle.ts';
import { checkOnline } from './check.ts';
import { providerOf, providerRows } from './providers.ts';
import { findTry } from './store.ts';

/** Asks the provider again, because somebody of the garden wants to know. @returns the state found. */
export function verifyOnline(actor: Actor, id: number, today: Day): Promise<Outcome<OnlineState>> {
  requireRight(actor, 'payments:change');
  return checkOnline(actor.gardenId, id, today);
}

/** Gives all of a payment back through its provider, and writes it. Asked twice, it is given back once. */
export async function refundOnline(actor: Actor, id: number, today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'payments:change');
  const { known, rows } = await readInGarden(actor, async (tx) => ({ known: await findTry(tx, id), rows: await providerRows(tx) }));
  if (!known) return refuse('Ce paiement n’existe pas.');
  if (known.state === 'refunded') return done(null);
  if (known.state !== 'paid' || known.providerPayment === null)
    return refuse(`Ce paiement ne peut pas être rendu : ${onlineLabels[known.state].hint}`);
  const row = rows.get(known.provider);
  const { name } = providerLabels[known.provider];
  const speaks = row ? providerOf(actor.gardenId, row) : refuse('n’est plus dans les réglages');
  const asked = speaks.ok
    ? await speaks.value.refund(known.providerPayment, known.received ?? known.amount, `refund-${known.token}`)
    : speaks;
  // Whatever was answered, the provider is asked: it may have given back what it says it could not, because somebody did just before.
  const state = await checkOnline(actor.gardenId, id, today);
  if (state.ok && state.value === 'refunded') return done(null);
  if (!asked.ok) return refuse(`${name} ${asked.reason}.`);
  return refuse(`${name} a pris la demande, et ne l’a pas encore faite : vérifiez à nouveau dans quelques minutes.`);
}

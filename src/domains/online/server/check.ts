import { sql } from 'kysely';
import { notify } from '#domains/messages/index.server.ts';
import { recordPayment } from '#domains/payments/index.server.ts';
import { type Day, sayDay } from '#kernel/day.ts';
import { type Cents, formatEuros } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { visitorOf } from '#platform/access/own.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { log } from '#platform/log.ts';
import { providerLabels } from '../labels.ts';
import type { Found } from '../rules/provider.ts';
import { nextCheck, type OnlineState, settleOnline } from '../rules/settle.ts';
import { methodOf } from './method.ts';
import { bare, providerOf, providerRows } from './providers.ts';
import { askLater, findTry, type Try, tellAbout } from './store.ts';

/**
 * Asks the provider what became of a try to pay, and writes what follows. The one way by which money is believed: called by the browser's return, by notifications,
 * by the job, by staff; as often as one likes, at the same moment too. @returns the state it is in; a refusal when the provider could not be asked.
 */
export async function checkOnline(gardenId: number, id: number, today: Day): Promise<Outcome<OnlineState>> {
  const visitor = visitorOf(gardenId, 'payments:change');
  const { known, provider } = await inGarden(visitor, async (tx) => ({
    known: await findTry(tx, id),
    provider: await providerRows(tx),
  }));
  if (!known) return refuse('Ce paiement n’existe pas.');
  // Not opened yet: there is nothing to ask about.
  if (known.reference === null) return done(known.state);
  const row = provider.get(known.provider);
  const speaks = row ? providerOf(gardenId, row) : refuse('n’est plus dans les réglages');
  const found = speaks.ok ? await speaks.value.verify(known.reference) : speaks;
  if (!found.ok) {
    log.warn({ part: 'online', garden: gardenId, payment: id, reason: bare(found.reason) }, 'Payment not verified');
    return refuse(`${providerLabels[known.provider].name} ${found.reason}.`);
  }
  return inGarden(visitor, async (tx) => {
    const locked = (await findTry(tx, id, { lock: true }))!;
    return done(await settle(tx, gardenId, locked, found.value, today));
  });
}

/** Writes what follows of what was found, under the lock of its row. */
async function settle(tx: Tx, gardenId: number, known: Try, found: Found, today: Day): Promise<OnlineState> {
  const writtenIn = known.payment === null ? null : known.received;
  const then = settleOnline({ state: known.state, received: writtenIn, returned: known.refund !== null }, found, known.late);
  let reason = then.state === 'failed' ? (found.reason ?? '') : '';
  let payment = known.payment;
  let refund = known.refund;
  const write = async (cents: Cents, direction: 'in' | 'out'): Promise<number | null> => {
    const recorded = await recordPayment(tx, gardenId, {
      ...{ customer: known.customer, method: await methodOf(tx, gardenId, known.provider), amount: cents, day: today, direction },
      ...{
        reference: (found.payment ?? known.reference ?? '').slice(-40),
        note: known.purpose,
        document: direction === 'in' ? known.document : null,
      },
      source: direction === 'in' ? `online:${known.id}` : `online-refund:${known.id}`,
    });
    // A period closed until today: the money is there, what is to write waits, and the list says so.
    if (!recorded.ok) reason = `À enregistrer : ${recorded.reason}`;
    return recorded.ok ? recorded.value.id : null;
  };
  if (then.receive !== null) payment = await write(then.receive, 'in');
  // Told once: with the payment that is written now.
  // What is about something is thanked for by whose it is.
  if (then.receive !== null && payment !== null && known.about === null) {
    const variables = { montant: formatEuros(then.receive), jour: sayDay(today), pour: known.purpose };
    await notify(tx, gardenId, [{ event: 'payment_received', customerId: known.customer, variables }]);
  }
  if (then.giveBack !== null && payment !== null) refund = await write(then.giveBack, 'out');
  const received = then.receive ?? known.received;
  const same =
    then.state === known.state &&
    payment === known.payment &&
    refund === known.refund &&
    received === known.received &&
    reason === known.reason;
  if (!same || found.payment !== known.providerPayment) {
    await sql`
      update online_payment set state = ${then.state}, reason = ${reason}, received_cents = ${received}, payment_id = ${payment}, refund_id = ${refund},
        provider_payment = coalesce(${found.payment}, provider_payment), version = version + 1, checked_at = now(),
        settled_at = case when ${then.state !== 'open'} then coalesce(settled_at, now()) end
      where garden_id = app_garden() and id = ${known.id}`.execute(tx);
    if (known.about !== null) await tellAbout(tx, gardenId, known.id);
  }
  return then.state;
}

/** The job `online_check`: asks, and asks again later while nothing is known. A provider that does not answer is asked again too. */
export async function checkLater(gardenId: number, id: number, today: Day): Promise<void> {
  const state = await checkOnline(gardenId, id, today);
  if (state.ok && state.value !== 'open' && state.value !== 'new') return;
  await inGarden(visitorOf(gardenId, 'payments:change'), async (tx) => {
    const known = await findTry(tx, id);
    const wait = known?.reference ? nextCheck(known.minutes) : null;
    if (wait !== null) await askLater(tx, gardenId, id, wait);
    else if (!state.ok)
      await sql`update online_payment set reason = ${state.reason} where garden_id = app_garden() and id = ${id}`.execute(tx);
  });
}

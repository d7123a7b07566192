import { sql } from 'kysely';
import { depositsOf, settleDeposit } from '#domains/billing/index.server.ts';
import { notify, writeTo } from '#domains/messages/index.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { done, type Outcome, type Refusal, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { closeSignIn } from '#platform/auth/move.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { whyKept } from '../rules/self-erasure.ts';
import { tiesOf } from './self-erasure.ts';

/** What customers asked from their account that somebody of the garden acts upon, or has acted upon. */
export type AccountRequest = {
  id: number;
  version: number;
  kind: 'ending' | 'erasure';
  customerId: number;
  customer: string;
  number: string;
  subscriptionId: number | null;
  product: string | null;
  endsOn: Day | null;
  reason: string;
  note: string;
  deposit: '' | 'back' | 'gift';
  /** Held for that subscription, in cents; null when there is none any more. */
  depositCents: Cents | null;
  state: 'open' | 'done' | 'refused' | 'withdrawn';
  answer: string;
  askedAt: string;
  handledAt: string | null;
  by: string | null;
  /** erasure that is open: why it cannot be done yet. */
  why: string[];
};

/** Requests that wait, the oldest first; then the latest that do not any more. Two queries. */
export function accountRequests(actor: Actor, today: Day): Promise<{ open: AccountRequest[]; past: AccountRequest[] }> {
  requireRight(actor, 'customers:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<Omit<AccountRequest, 'why'>>`
      select r.id, r.version, r.kind, r.customer_id as "customerId", trim(c.last_name || ' ' || c.first_name) as customer, c.number,
        r.subscription_id as "subscriptionId", p.name as product, r.ends_on as "endsOn", r.reason, r.note, r.deposit,
        (select sum(h.unit_price_cents)::bigint from charge h where h.garden_id = r.garden_id and h.source = 'deposit:' || r.subscription_id
          and h.withdrawn_at is null) as "depositCents",
        r.state, r.answer, r.asked_at as "askedAt", r.handled_at as "handledAt", u.name as by
      from account_request r
      join customer c on c.garden_id = r.garden_id and c.id = r.customer_id
      left join subscription s on s.garden_id = r.garden_id and s.id = r.subscription_id
      left join product p on p.garden_id = s.garden_id and p.id = s.product_id
      left join auth."user" u on u.id = r.handled_by
      where r.garden_id = app_garden() and (r.state = 'open' or r.id in (
        select id from account_request where garden_id = app_garden() and state <> 'open' order by coalesce(handled_at, asked_at) desc limit 30))
      order by r.id`.execute(tx);
    const ties = await tiesOf(
      tx,
      rows.filter(({ kind, state }) => kind === 'erasure' && state === 'open').map(({ customerId }) => customerId),
    );
    const all = rows.map((row) => ({ ...row, why: ties.has(row.customerId) ? whyKept(ties.get(row.customerId)!, today) : [] }));
    return { open: all.filter(({ state }) => state === 'open'), past: all.filter(({ state }) => state !== 'open').reverse() };
  });
}

/** How many wait. One query. */
export function waitingAccountRequests(actor: Actor): Promise<number> {
  requireRight(actor, 'customers:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from account_request where garden_id = app_garden() and state = 'open'`.execute(tx);
    return rows[0]!.count;
  });
}

type Open = { id: number; customerId: number; subscriptionId: number | null; kind: 'ending' | 'erasure'; email: string };

/** The request under lock, if it waits and nobody changed it; `null`: it was handled already, in the way asked. */
async function lockOpen(tx: Tx, id: number, version: number, becomes: 'done' | 'refused'): Promise<Open | Refusal | null> {
  const { rows } = await sql<Open & { version: number; state: string }>`
    select r.id, r.version, r.state, r.kind, r.customer_id as "customerId", r.subscription_id as "subscriptionId", c.email
    from account_request r join customer c on c.garden_id = r.garden_id and c.id = r.customer_id
    where r.garden_id = app_garden() and r.id = ${id} for update of r`.execute(tx);
  const found = rows[0];
  if (!found) return refuse('Cette demande n’existe pas.');
  if (found.state === becomes) return null;
  if (found.state === 'withdrawn') return refuse('Le client a retiré sa demande entre-temps.');
  if (found.state !== 'open' || found.version !== version) return refuse('Cette demande vient d’être traitée par quelqu’un d’autre.');
  return found;
}

const close = (tx: Tx, id: number, actor: Actor, state: 'done' | 'refused', answer: string) =>
  sql`
  update account_request set state = ${state}, answer = ${answer}, handled_by = ${actor.userId}, handled_at = now(), version = version + 1
  where garden_id = app_garden() and id = ${id}`.execute(tx);

/**
 * Erases what the law does not want kept of a customer who asked for it, and tells her. Refused while a subscription, a debt or a payment ties her to the
 * garden. It cannot be undone. Sent twice, it acts once.
 */
export function eraseCustomer(actor: Actor, id: number, given: { version: number; message: string }, today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'customers:change');
  return inGarden(actor, async (tx) => {
    const found = await lockOpen(tx, id, given.version, 'done');
    if (found === null) return done(null);
    if ('ok' in found) return found;
    const { customerId, email, kind } = found;
    if (kind !== 'erasure') return refuse('Cette demande n’est pas un effacement.');
    const [why] = whyKept((await tiesOf(tx, [customerId])).get(customerId)!, today);
    if (why) return refuse(why);
    await sql`
      update mandate set ended_on = ${today}, end_reason = 'Données effacées', version = version + 1
      where garden_id = app_garden() and customer_id = ${customerId} and ended_on is null`.execute(tx);
    await close(tx, id, actor, 'done', '');
    await sql`
      select forget_help(${customerId}, ${today}), forget_giving(${customerId}, ${today}), forget_customer(${customerId}), forget_wishes(${customerId}), forget_enrolments(${customerId})`.execute(
      tx,
    );
    if (email) {
      // Her last letter is a letter to nobody's customer: it goes all the same.
      const message = given.message || 'Vos coordonnées sont effacées. La loi nous oblige à garder dix ans les factures et les règlements.';
      await writeTo(tx, actor.gardenId, { to: email, event: 'data_request_answered', variables: { message } });
      await closeSignIn(tx, email);
    }
    return done(null);
  });
}

/** Says no, and why. Sent twice, it acts once. */
export function refuseErasure(actor: Actor, id: number, given: { version: number; message: string }): Promise<Outcome<null>> {
  requireRight(actor, 'customers:change');
  return inGarden(actor, async (tx) => {
    if (given.message === '') return refuse('Dites pourquoi.', { message: 'Le client lira cette réponse.' });
    const found = await lockOpen(tx, id, given.version, 'refused');
    if (found === null) return done(null);
    if ('ok' in found) return found;
    if (found.kind !== 'erasure') return refuse('Cette demande n’est pas un effacement.');
    await close(tx, id, actor, 'refused', given.message);
    await notify(tx, actor.gardenId, [
      { event: 'data_request_answered', customerId: found.customerId, variables: { message: given.message } },
    ]);
    return done(null);
  });
}

/** The deposit of a subscription that its customer ended goes back to her, or stays with the garden; the request is done with it. */
export async function settleEndingDeposit(
  actor: Actor,
  id: number,
  given: { version: number; fate: 'returned' | 'given' },
  today: Day,
): Promise<Outcome<null>> {
  requireRight(actor, 'billing:change');
  const found = await inGarden(actor, (tx) => lockOpen(tx, id, given.version, 'done'));
  if (found === null) return done(null);
  if ('ok' in found) return found;
  const { customerId, subscriptionId, kind } = found;
  if (kind !== 'ending' || subscriptionId === null) return refuse('Cette demande n’a pas de caution.');
  const held = await readInGarden(actor, async (tx) =>
    (await depositsOf(tx, customerId)).some((one) => one.subscription === subscriptionId && one.fate === 'held'),
  );
  // Settled meanwhile from the customer's account: nothing is left but to say so.
  const settled = held ? await settleDeposit(actor, customerId, { subscription: subscriptionId, fate: given.fate }, today) : done(null);
  if (!settled.ok) return settled;
  await inGarden(actor, (tx) => close(tx, id, actor, 'done', given.fate === 'returned' ? 'Caution rendue' : 'Caution laissée au jardin'));
  return done(null);
}

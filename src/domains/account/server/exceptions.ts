import { sql } from 'kysely';
import { notify } from '#domains/messages/index.server.ts';
import { askWithin, isOpenPlace, isOwn, type OwnChoice, ownBasket } from '#domains/subscriptions/index.server.ts';
import type { Day } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { type Own, requireOwn } from '#platform/access/own.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { notHers, notOpen, type OwnAsked } from './baskets-ask.ts';
import { type Exception, findExceptions } from './exceptions-store.ts';

/**
 * A customer asks for what the plan's rules refuse: the garden answers. What nobody may grant (a delivery whose sheets are ready) is refused at once,
 * and so is what she may simply do. Asked again for the same basket, the new wish takes the place of the first.
 */
export async function askException(own: Own, asked: OwnAsked & { note: string }, today: Day): Promise<Outcome<null>> {
  const actor = requireOwn(own, 'subscriptions:read');
  const { subscriptionId, from, wish, note } = asked;
  const choice = await ownBasket(actor, own.customerId, { subscriptionId, ...from }, today, wish.kind === 'move');
  if (!choice) return notHers;
  const told = toldOf(choice, asked);
  if (!told) return refuse('Cela vous est permis : il n’y a rien à demander au jardin.');
  if (!told.mayDispense) return refuse(told.why);
  const also = (asked.also ?? []).filter((id) => choice.others.some((other) => other.subscriptionId === id));
  return inGarden(actor, async (tx) => {
    if (!(await isOwn(tx, own.customerId, asked))) return notHers;
    if (wish.kind === 'move' && !(await isOpenPlace(tx, wish.slotId))) return notOpen;
    await sql`
      insert into exception_request (garden_id, customer_id, subscription_id, also, year, week, wish, refusal, note)
      values (app_garden(), ${own.customerId}, ${subscriptionId}, ${`{${also.join()}}`}::bigint[], ${from.year}, ${from.week}, ${JSON.stringify(wish)}::jsonb,
        ${told.why}, ${note})
      on conflict (garden_id, subscription_id, year, week) where state = 'open'
      do update set wish = excluded.wish, also = excluded.also, refusal = excluded.refusal, note = excluded.note, version = exception_request.version + 1`.execute(
      tx,
    );
    return done(null);
  });
}

/** What stands against a wish: against its kind, or against where it leads. A depot that is full is the garden's to judge. */
function toldOf(choice: OwnChoice, { wish }: OwnAsked): { why: string; mayDispense: boolean } | null {
  const general = choice.told[wish.kind];
  if (general) return general;
  if (wish.kind === 'postpone')
    return choice.targets.find(({ year, week }) => year === wish.to.year && week === wish.to.week)?.told ?? null;
  if (wish.kind !== 'move') return null;
  const place = choice.elsewhere.find(({ slotId }) => slotId === wish.slotId);
  return place?.told ?? (place?.full ? { why: 'Ce point de dépôt est complet cette semaine-là.', mayDispense: true } : null);
}

/** A customer gives up what she asked. Sent twice, it acts once. */
export function withdrawException(own: Own, id: number): Promise<Outcome<null>> {
  const actor = requireOwn(own);
  return inGarden(actor, async (tx) => {
    const { rows } = await sql`
      update exception_request set state = 'withdrawn', handled_at = now(), version = version + 1
      where garden_id = app_garden() and id = ${id} and customer_id = ${own.customerId} and state = 'open' returning id`.execute(tx);
    if (rows.length > 0) return done(null);
    const found = (await findExceptions(tx, { customerId: own.customerId }, '2000-01-01')).find((one) => one.id === id);
    if (!found) return refuse('Cette demande n’existe pas.');
    return found.state === 'withdrawn' ? done(null) : refuse('Le jardin a déjà répondu à cette demande.');
  });
}

/** What customers ask beyond the rules: what waits for an answer, and the last ones answered. Two queries. */
export function exceptions(actor: Actor, today: Day): Promise<{ open: Exception[]; handled: Exception[] }> {
  requireRight(actor, 'subscriptions:read');
  return readInGarden(actor, async (tx) => ({
    open: await findExceptions(tx, { state: 'open' }, today),
    handled: await findExceptions(tx, { state: 'handled' }, today, 30),
  }));
}

/** How many wait for an answer. One query. */
export function openExceptions(actor: Actor): Promise<number> {
  requireRight(actor, 'subscriptions:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from exception_request where garden_id = app_garden() and state = 'open'`.execute(tx);
    return rows[0]!.count;
  });
}

export type ExceptionAnswer = { id: number; accept: boolean; answer: string; beyond?: boolean };

/**
 * Staff answer: granted, it is done beyond the plan's rules, and does not count in its limits; refused, nothing changes. The customer is written to.
 * Sent twice, it acts once.
 */
export function answerException(actor: Actor, given: ExceptionAnswer, today: Day): Promise<Outcome<Exception>> {
  requireRight(actor, 'subscriptions:change');
  return inGarden(actor, async (tx) => {
    await sql`select from exception_request where garden_id = app_garden() and id = ${given.id} for update`.execute(tx);
    const [found] = await findExceptions(tx, { id: given.id }, today);
    if (!found) return refuse('Cette demande n’existe pas dans votre jardin.');
    const state = given.accept ? 'accepted' : 'refused';
    if (found.state === state) return done(found);
    if (found.state !== 'open')
      return refuse(found.state === 'withdrawn' ? 'Le client a retiré sa demande.' : 'Quelqu’un a déjà répondu à cette demande.');
    if (given.accept) {
      const { subscriptionId, also, week: from, wish, note } = found;
      const asked = { subscriptionId, also, from, wish, note: note.slice(0, 300), dispensed: true, beyond: given.beyond === true };
      const answer = await askWithin(tx, actor.gardenId, asked, today);
      if (!answer.ok) return answer;
    }
    await sql`
      update exception_request set state = ${state}, answer = ${given.answer}, handled_by = ${actor.userId}, handled_at = now(), version = version + 1
      where garden_id = app_garden() and id = ${given.id}`.execute(tx);
    const variables = { demande: found.said.charAt(0).toLowerCase() + found.said.slice(1), acceptee: given.accept, message: given.answer };
    await notify(tx, actor.gardenId, [{ event: 'exception_answered', customerId: found.customerId, variables }]);
    return done({ ...found, state, answer: given.answer });
  });
}

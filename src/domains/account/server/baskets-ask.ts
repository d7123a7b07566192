import { notify } from '#domains/messages/index.server.ts';
import {
  askWithin,
  changeTermsWithin,
  type GivenTo,
  isOpenPlace,
  isOwn,
  ownBasket,
  ownBasketsWithin,
  withdrawWithin,
} from '#domains/subscriptions/index.server.ts';
import { type Day, dayOfWeek, sayDay, type Week } from '#kernel/day.ts';
import { done, type Outcome, type Refusal, refuse } from '#kernel/outcome.ts';
import { type Own, requireOwn } from '#platform/access/own.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { sayChanged, sayOn } from '../labels-baskets.ts';
import { cardsOf } from '../rules/baskets-cards.ts';
import type { OwnWish } from '../schema-exceptions.ts';

/** What a customer asks for the basket of a week, and for her other ones of that week (`also`). */
export type OwnAsked = { subscriptionId: number; also?: readonly number[]; from: Week; wish: OwnWish | GivenWish };
/** Given to somebody in particular. `said`: the end of the sentence that tells it, « à : l’épicerie ». */
type GivenWish = { kind: 'gift'; to?: GivenTo; said: string };

/** Somebody else's: as if it did not exist. */
export const notHers: Refusal = refuse('Ce panier n’existe pas, ou n’est pas le vôtre.');
export const notOpen: Refusal = refuse('Ce point de dépôt n’est pas proposé : choisissez-en un autre.', {
  lieu: 'Choisissez un des points de dépôt proposés.',
});

/**
 * A customer changes a basket of hers, within the plan's rules and what depots can hold; a letter confirms it. Sent twice, it acts once.
 * @returns what was done, in a sentence.
 */
export function askOwn(own: Own, asked: OwnAsked, today: Day): Promise<Outcome<string>> {
  const actor = requireOwn(own, 'subscriptions:change');
  return inGarden(actor, (tx) => askOwnWithin(tx, own, asked, today));
}

/** The same within the transaction of a caller, whose first line was `requireOwn`. */
export async function askOwnWithin(tx: Tx, own: Own, asked: OwnAsked, today: Day): Promise<Outcome<string>> {
  if (!(await isOwn(tx, own.customerId, asked))) return notHers;
  if (asked.wish.kind === 'move' && !(await isOpenPlace(tx, asked.wish.slotId))) return notOpen;
  const answer = await askWithin(tx, own.gardenId, { ...asked, source: 'customer' }, today);
  if (!answer.ok) return answer;
  const said = await sayDone(tx, own, asked, today, answer.value.requests);
  if (answer.value.requests > 0) await confirm(tx, own, said.changed, said.next);
  return done(said.changed);
}

/** A customer takes back what she, or the garden for her, asked; a letter confirms it. */
export function withdrawOwn(own: Own, requestId: number, today: Day): Promise<Outcome<string>> {
  const actor = requireOwn(own, 'subscriptions:change');
  return inGarden(actor, async (tx) => {
    if (!(await isOwn(tx, own.customerId, { requestId }))) return notHers;
    const answer = await withdrawWithin(tx, own.gardenId, requestId, today, 'customer');
    if (!answer.ok) return answer;
    const { shortenedTo } = answer.value;
    const changed = shortenedTo
      ? `Le changement de lieu s’arrête après le ${sayDay(dayOfWeek(shortenedTo, 7))}.`
      : 'Votre demande est retirée : ce panier redevient comme prévu.';
    await confirm(tx, own, changed, nextOnes((await ownBasketsWithin(tx, own.customerId, today, { toldUntil: '' })).coming));
    return done(changed);
  });
}

export type PlaceForGood = { subscriptionId: number; from: Week; slotId: number; version: number };

/** From a week on, the baskets of a subscription are collected elsewhere: allowed to who may change place once; a letter confirms it. Sent twice, it acts once. */
export async function moveForGood(own: Own, asked: PlaceForGood, today: Day): Promise<Outcome<string>> {
  const actor = requireOwn(own, 'subscriptions:read', 'subscriptions:change');
  const { subscriptionId, from, slotId, version } = asked;
  const choice = await ownBasket(actor, own.customerId, { subscriptionId, ...from }, today, true);
  if (!choice) return notHers;
  const place = choice.elsewhere.find((one) => one.slotId === slotId);
  const wrong = choice.told.move ?? place?.told ?? null;
  if (wrong) return refuse(wrong.why);
  if (!place && choice.basket.slotId !== slotId) return notOpen;
  const { planId, frequency, quantity } = choice.terms;
  // What others give her goes where the garden said.
  if (frequency === 'given') return notOpen;
  const terms = { subscriptionId, version, from: dayOfWeek(from, 1), planId, slotId, frequency, quantity, price: 'kept' } as const;
  const where = place ? `${place.depot}${place.name ? ` (${place.name})` : ''}` : choice.depot;
  const changed = `À partir du ${sayDay(choice.date)}, vos paniers vous attendent à : ${where}.`;
  return inGarden(actor, async (tx) => {
    const answer = await changeTermsWithin(tx, own.gardenId, terms, today);
    // Staff are told that they may go beyond what a depot holds; customers may not.
    if (!answer.ok) return answer.fields?.beyond ? refuse(answer.reason, { lieu: answer.reason }) : answer;
    if (!answer.value.already)
      await confirm(tx, own, changed, nextOnes((await ownBasketsWithin(tx, own.customerId, today, { toldUntil: '' })).coming));
    return done(changed);
  });
}

async function sayDone(tx: Tx, own: Own, { subscriptionId, from, wish }: OwnAsked, today: Day, count: number) {
  const { coming } = await ownBasketsWithin(tx, own.customerId, today, { toldUntil: '' });
  const lineOf = (week: Week) =>
    coming.find((line) => line.subscriptionId === subscriptionId && line.year === week.year && line.week === week.week);
  const dayOf = (week: Week) => sayOn(lineOf(week)?.date, week);
  return { changed: sayChanged(wish, dayOf(from), dayOf, lineOf(from)?.depot ?? null, count), next: nextOnes(coming) };
}

/** « jeudi 15 octobre : 2 Panier simple, Mairie de Woippy », for the four next days with a basket. */
export const nextOnes = (coming: Parameters<typeof cardsOf>[0]): string[] =>
  cardsOf(coming)
    .filter((card) => card.quantity > 0)
    .slice(0, 4)
    .map((card) => {
      const what = card.lines.map((line) => `${line.quantity} ${line.product}`).join(', ');
      return `${sayDay(card.date)} : ${what}, ${card.lines[0]!.depot}`;
    });

const confirm = (tx: Tx, own: Own, changement: string, suite: string[]) =>
  notify(tx, own.gardenId, [{ event: 'change_confirmed', customerId: own.customerId, variables: { changement, suite } }]);

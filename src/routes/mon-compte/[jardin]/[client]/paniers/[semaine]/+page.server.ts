import { error, fail, type RequestEvent, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import {
  accountBasket,
  askException,
  askOwn,
  moveForGood,
  ownExceptions,
  withdrawException,
  withdrawOwn,
} from '#domains/account/index.server.ts';
import { doingIn, ownAsk, weekIn, wishIn } from '#domains/account/schema-baskets.ts';
import { giveBasketOwn, ownGivenChoices } from '#domains/giving/index.server.ts';
import { enterOwn } from '#edge/enter-own.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import type { Week } from '#kernel/day.ts';
import type { Outcome } from '#kernel/outcome.ts';

/** Of the address: the week, and the subscription the basket is of. */
function basketIn({ params, url }: { params: { semaine?: string }; url: URL }): Week & { subscriptionId: number } {
  const week = weekIn(params.semaine);
  if (!week) error(404, 'Ce panier n’existe pas.');
  return { ...week, subscriptionId: idIn(url.searchParams.get('abonnement') ?? undefined) };
}

export const load = async (event) => {
  const { own, today } = await enterOwn(event);
  const basket = basketIn(event);
  const doing = doingIn(event.url.searchParams.get('faire'));
  const [choice, asked] = await Promise.all([accountBasket(own, basket, today, doing === 'deplacer'), ownExceptions(own, today)]);
  if (!choice) error(404, 'Ce panier n’existe pas, ou n’est pas le vôtre.');
  const same = (one: { week: Week; subscriptionId: number }) =>
    one.subscriptionId === basket.subscriptionId && one.week.year === basket.year && one.week.week === basket.week;
  return {
    ...{ today, choice, doing, given: doing === 'donner' ? await ownGivenChoices(own, today) : null },
    beyond: event.url.searchParams.has('exception'),
    exception: asked.find((one) => one.state === 'open' && same(one)) ?? null,
    here: `${event.url.pathname}?abonnement=${basket.subscriptionId}`,
    query: `abonnement=${basket.subscriptionId}${doing ? `&faire=${doing}` : ''}${event.url.searchParams.has('exception') ? '&exception=oui' : ''}`,
  };
};

/** Says what was done where her baskets are; a refusal stays on the page, with what was typed. */
function answer<T>({ params, cookies }: Answering, outcome: Outcome<T>, say: (value: T) => string, values = {}) {
  if (!outcome.ok) return refused(outcome, values);
  leaveFlash(cookies, say(outcome.value));
  redirect(303, `/mon-compte/${params.jardin}/${params.client}`);
}
type Answering = { params: { jardin?: string; client?: string }; cookies: RequestEvent['cookies'] };

const numbered = z.object({ demande: z.coerce.number().int() });

export const actions = {
  demander: async (event) => {
    const { own, today } = await enterOwn(event);
    const { subscriptionId, ...from } = basketIn(event);
    const form = await readForm(event, ownAsk);
    if (!form.ok) return form.failure;
    const read = wishIn(form.value);
    if ('errors' in read) return fail(422, { values: form.values, errors: read.errors, message: Object.values(read.errors)[0]! });
    const { wish, forGood } = read;
    const { aussi: also, version } = form.value;
    const asked = { subscriptionId, also, from };
    const outcome =
      forGood && wish.kind === 'move'
        ? await moveForGood(own, { subscriptionId, from, slotId: wish.slotId, version }, today)
        : wish.kind === 'gift'
          ? await giveBasketOwn(own, asked, form.value.a, today)
          : await askOwn(own, { ...asked, wish }, today);
    return answer(event, outcome, (said) => `C’est fait. ${said}`, form.values);
  },

  /** What the rules refuse: the garden will say. */
  exception: async (event) => {
    const { own, today } = await enterOwn(event);
    const { subscriptionId, ...from } = basketIn(event);
    const form = await readForm(event, ownAsk);
    if (!form.ok) return form.failure;
    const read = wishIn(form.value);
    if ('errors' in read) return fail(422, { values: form.values, errors: read.errors, message: Object.values(read.errors)[0]! });
    const { aussi: also, note } = form.value;
    const outcome = await askException(own, { subscriptionId, also, from, wish: read.wish, note }, today);
    return answer(event, outcome, () => 'Votre demande est partie au jardin, qui vous répondra par e-mail.', form.values);
  },

  retirer: async (event) => {
    const { own, today } = await enterOwn(event);
    const form = await readForm(event, numbered);
    if (!form.ok) return form.failure;
    return answer(event, await withdrawOwn(own, form.value.demande, today), (said) => said);
  },

  renoncer: async (event) => {
    const { own } = await enterOwn(event);
    const form = await readForm(event, numbered);
    if (!form.ok) return form.failure;
    return answer(event, await withdrawException(own, form.value.demande), () => 'Vous avez retiré votre demande au jardin.');
  },
};

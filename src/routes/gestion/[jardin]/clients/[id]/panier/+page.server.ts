import { error, fail, type RequestEvent, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { giveBasket, givenChoices } from '#domains/giving/index.server.ts';
import { type AskFor, askFor, basketChoice, withdrawRequest } from '#domains/subscriptions/index.server.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { type FormValues, readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import type { Week } from '#kernel/day.ts';
import { can } from '#platform/access/actor.ts';
import { askForm, manualForm, sayDone, weekIn, wishOf } from './asked.ts';

function whichBasket(url: URL): { subscriptionId: number; from: Week } {
  const from = weekIn(url.searchParams.get('semaine'));
  if (!from) error(404, { message: 'Cette page n’existe pas.' });
  return { subscriptionId: idIn(url.searchParams.get('abonnement') ?? undefined), from };
}

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'subscriptions:change');
  const { subscriptionId, from } = whichBasket(event.url);
  const [choice, given] = await Promise.all([basketChoice(actor, subscriptionId, from, today), givenChoices(actor, today)]);
  if (choice?.customerId !== idIn(event.params.id)) error(404, { message: 'Ce panier n’existe pas.' });
  const chosen = event.url.searchParams.get('demande');
  return { base: `/gestion/${garden.slug}`, week: from, choice, given, chosen, opensDeliveries: can(actor, 'logistics:read') };
};

/** Asks, and goes back to the record; or gives the form back with why not. */
async function ask(event: RequestEvent, asked: Omit<AskFor, 'subscriptionId' | 'from'>, values: FormValues, to = '') {
  const { actor, garden, today } = enter(event, 'subscriptions:change');
  const basket = whichBasket(event.url);
  const answer =
    asked.wish.kind === 'gift'
      ? await giveBasket(actor, { ...basket, ...asked }, to, today)
      : await askFor(actor, { ...basket, ...asked }, today);
  if (!answer.ok) return refused(answer, values);
  leaveFlash(event.cookies, sayDone(asked.wish, basket.from, answer.value.requests));
  redirect(303, `/gestion/${garden.slug}/clients/${answer.value.customerId}#paniers`);
}

export const actions = {
  demander: async (event) => {
    enter(event, 'subscriptions:change');
    const form = await readForm(event, askForm);
    if (!form.ok) return form.failure;
    const read = wishOf(form.value);
    if ('errors' in read)
      return fail(422, { values: form.values, errors: read.errors, message: 'Un champ est à revoir : regardez l’indication en couleur.' });
    const { aussi, note, derogation, beyond } = form.value;
    const asked = { wish: read.wish, also: aussi, note, dispensed: derogation === 'on', beyond: beyond === 'on' };
    return ask(event, asked, form.values, form.value.a);
  },
  modifier: async (event) => {
    enter(event, 'subscriptions:change');
    const form = await readForm(event, manualForm);
    if (!form.ok) return form.failure;
    const { quantite, produit, lieu, prix, note, beyond } = form.value;
    const wish = { kind: 'manual', quantity: quantite, productId: produit, slotId: lieu, priceCents: prix } as const;
    return ask(event, { wish, note, beyond: beyond === 'on' }, form.values);
  },
  retirer: async (event) => {
    const { actor, today } = enter(event, 'subscriptions:change');
    const form = await readForm(event, z.object({ demande: z.coerce.number().int() }));
    if (!form.ok) return form.failure;
    const withdrawn = await withdrawRequest(actor, form.value.demande, today);
    if (!withdrawn.ok) return refused(withdrawn);
    const { shortenedTo } = withdrawn.value;
    leaveFlash(event.cookies, shortenedTo ? `Le changement s’arrête après la semaine ${shortenedTo.week}.` : 'La demande est retirée.');
    redirect(303, `${event.url.pathname}${event.url.search.replace(/\/retirer&?/, '')}`);
  },
};

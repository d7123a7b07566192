import { error, redirect } from '@sveltejs/kit';
import { heldBaskets } from '#domains/preparation/index.server.ts';
import { deliveryToSettle, markDelivered, noteOutcome, removeOutcome } from '#domains/rounds/index.server.ts';
import { deliveredForm, outcomeForm, removeForm } from '#domains/rounds/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readAnd } from '#edge/forms.ts';
import { idAsked, idIn } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'rounds:change');
  const params = event.url.searchParams;
  const search = (params.get('q') ?? '').trim().slice(0, 100);
  const delivery = await deliveryToSettle(actor, idIn(event.params.id), today, { search, subscriptionId: idAsked(params.get('panier')) });
  if (!delivery) error(404, { message: 'Cette livraison n’existe pas.' });
  return {
    base: `/gestion/${garden.slug}`,
    delivery,
    search,
    held: !delivery.delivered && can(actor, 'preparation:read') ? await heldBaskets(actor, delivery.id, today) : [],
    sees: { delivery: can(actor, 'logistics:read'), operations: can(actor, 'subscriptions:read') },
    /** The note that is looked at again (`?note=12`). */
    again: delivery.noted.find(({ id }) => id === idAsked(params.get('note'))) ?? null,
  };
};

export const actions = {
  noter: async (event) => {
    const { actor, today } = enter(event, 'rounds:change');
    const failure = await readAnd(event, outcomeForm, (form) => noteOutcome(actor, idIn(event.params.id), form, today));
    if (failure) return failure;
    leaveFlash(event.cookies, 'C’est noté.');
    redirect(303, event.url.pathname);
  },
  retirer: async (event) => {
    const { actor, today } = enter(event, 'rounds:change');
    const failure = await readAnd(event, removeForm, ({ id, version }) => removeOutcome(actor, idIn(event.params.id), id, version, today));
    if (failure) return failure;
    leaveFlash(event.cookies, 'C’est retiré : ce panier compte comme livré.');
    redirect(303, event.url.pathname);
  },
  effectuer: async (event) => {
    const { actor, today } = enter(event, 'rounds:change');
    const failure = await readAnd(event, deliveredForm, ({ seen }) => markDelivered(actor, idIn(event.params.id), seen, today));
    if (failure) return failure;
    leaveFlash(event.cookies, 'La livraison est effectuée.');
    redirect(303, event.url.pathname);
  },
};

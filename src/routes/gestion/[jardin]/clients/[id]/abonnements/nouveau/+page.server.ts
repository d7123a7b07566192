import { error, redirect } from '@sveltejs/kit';
import type { z } from 'zod';
import {
  previewSubscription,
  type SubscriptionPreview,
  type SubscriptionWish,
  subscribe,
  subscribeChoices,
} from '#domains/subscriptions/index.server.ts';
import { subscribeForm, wishForm } from '#domains/subscriptions/schema-subscribe.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { type FormFailure, readAsked, readForm, refused } from '#edge/forms.ts';
import { idAsked, idIn } from '#edge/id.ts';
import { sayDayAndYear } from '#kernel/day.ts';

const wishOf = (customerId: number, form: z.output<typeof wishForm>): SubscriptionWish & { customerId: number } => ({
  customerId,
  planId: form.formule,
  frequency: form.frequence,
  quantity: form.quantite,
  slotId: form.creneau,
  basketCount: form.nombre,
  startsOn: form.debut,
  endsOn: form.fin,
});

/** What was chosen, worked out, for the form that saves it: nothing moves between what is shown and what is kept. */
const settled = ({ plan, frequency, quantity, slot, basketCount, startsOn, endsOn }: SubscriptionPreview) =>
  new URLSearchParams({
    formule: String(plan.id),
    frequence: frequency,
    quantite: String(quantity),
    creneau: String(slot.id),
    nombre: basketCount === null ? '' : String(basketCount),
    debut: startsOn,
    fin: endsOn,
    voir: 'oui',
  }).toString();

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'subscriptions:change');
  const customerId = idIn(event.params.id);
  const choices = await subscribeChoices(actor, customerId, today);
  if (!choices) error(404, { message: 'Ce client n’existe pas dans votre jardin.' });
  const params = event.url.searchParams;
  const plan = choices.plans.find((one) => one.id === idAsked(params.get('formule'))) ?? null;
  const asked = plan && params.has('voir') ? readAsked(params, wishForm) : null;
  let wrong: FormFailure | null = asked && !asked.ok ? asked.failure.data : null;
  let preview: SubscriptionPreview | null = null;
  if (asked?.ok) {
    const drafted = await previewSubscription(actor, wishOf(customerId, asked.value), today);
    if (drafted.ok) preview = drafted.value;
    else wrong = refused(drafted, asked.values).data;
  }
  return {
    base: `/gestion/${garden.slug}/clients`,
    ...choices,
    plan,
    wrong,
    preview,
    settled: preview && settled(preview),
    typed: Object.fromEntries(params),
  };
};

export const actions = {
  enregistrer: async (event) => {
    const { actor, garden, today } = enter(event, 'subscriptions:change');
    const customerId = idIn(event.params.id);
    const asked = readAsked(event.url.searchParams, wishForm);
    if (!asked.ok) return asked.failure;
    const form = await readForm(event, subscribeForm);
    if (!form.ok) return form.failure;
    const { convenu, ...ticks } = form.value;
    const made = await subscribe(actor, { ...wishOf(customerId, asked.value), ...ticks, agreedSeen: convenu }, today);
    if (!made.ok) return refused(made, { ...asked.values, ...form.values });
    const starts =
      made.value.awaiting === null
        ? `il commence le ${sayDayAndYear(made.value.startsOn)}`
        : `il attend ${made.value.awaiting === 'payment' ? 'le paiement' : 'le contrat signé'}, sa place est gardée`;
    leaveFlash(event.cookies, `L’abonnement est enregistré : ${starts}.`);
    redirect(303, `/gestion/${garden.slug}/clients/${customerId}#abonnements`);
  },
};

import { error, redirect } from '@sveltejs/kit';
import type { z } from 'zod';
import { type EndAsk, type Ended, endingChoices, endSubscription, resumeSubscription } from '#domains/subscriptions/index.server.ts';
import { endForm, whichSubscription } from '#domains/subscriptions/schema-subscribe.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { type FormFailure, readAsked, readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { sayDayAndYear } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';

function endingOf(subscriptionId: number, form: z.output<typeof endForm>): Outcome<EndAsk> {
  if (form.quand === 'date' && !form.date) return refuse('Un champ est à revoir.', { date: 'Choisissez le dernier jour.' });
  return done({
    subscriptionId,
    version: form.version,
    how: form.quand === 'date' ? { on: form.date! } : 'term',
    reason: form.precision ? `${form.raison} (${form.precision})` : form.raison,
    others: form.autres,
  });
}

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'subscriptions:change');
  const choices = await endingChoices(actor, idIn(event.params.abo), today);
  if (choices?.subscription.customerId !== idIn(event.params.id)) error(404, { message: 'Cet abonnement n’existe pas.' });
  const params = event.url.searchParams;
  const asked = params.has('voir') ? readAsked(params, endForm) : null;
  let wrong: FormFailure | null = asked && !asked.ok ? asked.failure.data : null;
  let preview: Ended | null = null;
  if (asked?.ok) {
    const ending = endingOf(choices.subscription.id, asked.value);
    const seen = ending.ok ? await endSubscription(actor, ending.value, today, 'preview') : ending;
    if (seen.ok) preview = seen.value;
    else wrong = refused(seen, asked.values).data;
  }
  const typed = asked ? { values: asked.ok ? asked.values : asked.failure.data.values } : null;
  return { base: `/gestion/${garden.slug}/clients`, today, ...choices, wrong, preview, query: params.toString(), typed };
};

export const actions = {
  terminer: async (event) => {
    const { actor, garden, today } = enter(event, 'subscriptions:change');
    const asked = readAsked(event.url.searchParams, endForm);
    if (!asked.ok) return asked.failure;
    const ending = endingOf(idIn(event.params.abo), asked.value);
    if (!ending.ok) return refused(ending, asked.values);
    const ended = await endSubscription(actor, ending.value, today);
    if (!ended.ok) return refused(ended, asked.values);
    const several = ending.value.others.length > 0;
    leaveFlash(event.cookies, several ? 'C’est noté : ces abonnements se terminent.' : 'C’est noté : l’abonnement se termine.');
    redirect(303, `/gestion/${garden.slug}/clients/${ended.value.customerId}#abonnements`);
  },
  reprendre: async (event) => {
    const { actor, garden, today } = enter(event, 'subscriptions:change');
    const form = await readForm(event, whichSubscription.pick({ beyond: true }));
    if (!form.ok) return form.failure;
    const back = await resumeSubscription(actor, { subscriptionId: idIn(event.params.abo), beyond: form.value.beyond }, today);
    if (!back.ok) return refused(back, form.values);
    leaveFlash(event.cookies, `L’abonnement reprend, jusqu’au ${sayDayAndYear(back.value.endsOn)}.`);
    redirect(303, `/gestion/${garden.slug}/clients/${back.value.customerId}#abonnements`);
  },
};

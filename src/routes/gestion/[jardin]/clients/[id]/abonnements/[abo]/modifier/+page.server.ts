import { error, redirect } from '@sveltejs/kit';
import type { z } from 'zod';
import { type ChangedTerms, changeTerms, type TermsChange, termsChoices, withdrawTerms } from '#domains/subscriptions/index.server.ts';
import { changeForm, changeToWithdraw } from '#domains/subscriptions/schema-subscribe.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { type FormFailure, readAsked, readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { sayDayAndYear } from '#kernel/day.ts';

const changeOf = (subscriptionId: number, form: z.output<typeof changeForm>): TermsChange => ({
  subscriptionId,
  version: form.version,
  from: form.semaine,
  planId: form.formule,
  slotId: form.creneau,
  frequency: form.frequence,
  quantity: form.quantite,
  price: form.prix === 'garde' ? 'kept' : 'plan',
  beyond: form.beyond,
});

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'subscriptions:change');
  const choices = await termsChoices(actor, idIn(event.params.abo), today);
  if (choices?.subscription.customerId !== idIn(event.params.id)) error(404, { message: 'Cet abonnement n’existe pas.' });
  const params = event.url.searchParams;
  const asked = params.has('voir') ? readAsked(params, changeForm) : null;
  let wrong: FormFailure | null = asked && !asked.ok ? asked.failure.data : null;
  let preview: ChangedTerms | null = null;
  if (asked?.ok) {
    const seen = await changeTerms(actor, changeOf(choices.subscription.id, asked.value), today, 'preview');
    if (seen.ok) preview = seen.value;
    else wrong = refused(seen, asked.values).data;
  }
  return {
    base: `/gestion/${garden.slug}/clients`,
    ...choices,
    wrong,
    preview,
    query: params.toString(),
    typed: Object.fromEntries(params),
  };
};

export const actions = {
  enregistrer: async (event) => {
    const { actor, garden, today } = enter(event, 'subscriptions:change');
    const asked = readAsked(event.url.searchParams, changeForm);
    if (!asked.ok) return asked.failure;
    const form = await readForm(event, changeForm.pick({ beyond: true }));
    if (!form.ok) return form.failure;
    const changed = await changeTerms(actor, { ...changeOf(idIn(event.params.abo), asked.value), beyond: form.value.beyond }, today);
    if (!changed.ok) return refused(changed, { ...asked.values, ...form.values });
    leaveFlash(event.cookies, `C’est noté : l’abonnement change à partir du ${sayDayAndYear(changed.value.monday)}.`);
    redirect(303, `/gestion/${garden.slug}/clients/${changed.value.customerId}#abonnements`);
  },
  retirer: async (event) => {
    const { actor, garden, today } = enter(event, 'subscriptions:change');
    const form = await readForm(event, changeToWithdraw);
    if (!form.ok) return form.failure;
    const which = { subscriptionId: idIn(event.params.abo), changeId: form.value.changement, beyond: form.value.beyond };
    const back = await withdrawTerms(actor, which, today);
    if (!back.ok) return refused(back, form.values);
    leaveFlash(event.cookies, 'Le changement est retiré : l’abonnement continue comme avant.');
    redirect(303, `/gestion/${garden.slug}/clients/${back.value.customerId}#abonnements`);
  },
};

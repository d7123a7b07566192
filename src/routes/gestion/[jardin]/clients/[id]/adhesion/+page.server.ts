import { error, redirect } from '@sveltejs/kit';
import { addMembership, membershipProposal } from '#domains/customers/index.server.ts';
import { membershipForm } from '#domains/customers/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idAsked, idIn } from '#edge/id.ts';
import { shortDay } from '#kernel/day.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'customers:change');
  const proposal = await membershipProposal(actor, idIn(event.params.id), today);
  if (!proposal) error(404, { message: 'Ce client n’existe pas dans votre jardin.' });
  return { base: `/gestion/${garden.slug}/clients`, ...proposal };
};

export const actions = {
  default: async (event) => {
    const { actor, garden } = enter(event, 'customers:change');
    const form = await readForm(event, membershipForm);
    if (!form.ok) return form.failure;
    const customerId = idIn(event.params.id);
    const added = await addMembership(actor, customerId, form.value);
    if (!added.ok) return refused(added, form.values);
    leaveFlash(event.cookies, `L’adhésion est enregistrée, jusqu’au ${shortDay(form.value.endsOn)}.`);
    // Back to the subscription that asked for it, with its plan chosen.
    const plan = event.url.searchParams.get('suite') === 'abonnement' ? idAsked(event.url.searchParams.get('formule')) : undefined;
    redirect(303, `/gestion/${garden.slug}/clients/${customerId}${plan ? `/abonnements/nouveau?formule=${plan}` : ''}`);
  },
};

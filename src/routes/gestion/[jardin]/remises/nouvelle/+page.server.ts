import { redirect } from '@sveltejs/kit';
import { makeSlip, slipChoice } from '#domains/payments/index.server.ts';
import { slipForm } from '#domains/payments/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idAsked } from '#edge/id.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'payments:change');
  const choice = await slipChoice(actor, idAsked(event.url.searchParams.get('moyen')));
  return { base: `/gestion/${garden.slug}/remises`, today, ...choice };
};

export const actions = {
  default: async (event) => {
    const { actor, garden, today } = enter(event, 'payments:change');
    const form = await readForm(event, slipForm);
    if (!form.ok) return form.failure;
    const made = await makeSlip(actor, form.value, today);
    if (!made.ok) return refused(made, form.values);
    leaveFlash(event.cookies, `La remise n° ${made.value.number} est prête : imprimez le bordereau.`);
    redirect(303, `/gestion/${garden.slug}/remises/${made.value.id}`);
  },
};

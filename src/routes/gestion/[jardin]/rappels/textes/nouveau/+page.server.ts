import { redirect } from '@sveltejs/kit';
import { addStep } from '#domains/receivables/index.server.ts';
import { stepForm } from '#domains/receivables/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';

export const load = async (event) => {
  const { garden } = enter(event, 'payments:change');
  return { base: `/gestion/${garden.slug}/rappels` };
};

export const actions = {
  default: async (event) => {
    const { actor, garden } = enter(event, 'payments:change');
    const form = await readForm(event, stepForm);
    if (!form.ok) return form.failure;
    const { version: _, ...values } = form.value;
    const added = await addStep(actor, values);
    if (!added.ok) return refused(added, form.values);
    leaveFlash(event.cookies, 'L’étape est ajoutée.');
    redirect(303, `/gestion/${garden.slug}/rappels/textes`);
  },
};

import { error, redirect } from '@sveltejs/kit';
import { changeStep, reminderSteps } from '#domains/receivables/index.server.ts';
import { stepForm } from '#domains/receivables/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';

export const load = async (event) => {
  const { actor, garden } = enter(event, 'payments:change');
  const step = (await reminderSteps(actor)).find(({ id }) => id === idIn(event.params.id));
  if (!step) error(404, { message: 'Cette étape n’existe pas.' });
  return { base: `/gestion/${garden.slug}/rappels`, step };
};

export const actions = {
  default: async (event) => {
    const { actor, garden } = enter(event, 'payments:change');
    const form = await readForm(event, stepForm);
    if (!form.ok) return form.failure;
    const { version, ...values } = form.value;
    const changed = await changeStep(actor, idIn(event.params.id), version, values);
    if (!changed.ok) return refused(changed, form.values);
    leaveFlash(event.cookies, 'Le texte est enregistré. Les rappels déjà faits gardent le leur.');
    redirect(303, `/gestion/${garden.slug}/rappels/textes`);
  },
};

import { redirect } from '@sveltejs/kit';
import { addPrescriber } from '#domains/solidarity/index.server.ts';
import { prescriberForm } from '#domains/solidarity/schema-referral.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';

export const load = (event) => {
  const { garden } = enter(event, 'solidarity:change');
  return { base: `/gestion/${garden.slug}/solidarite/prescripteurs` };
};

export const actions = {
  default: async (event) => {
    const { actor, garden } = enter(event, 'solidarity:change');
    const form = await readForm(event, prescriberForm);
    if (!form.ok) return form.failure;
    const made = await addPrescriber(actor, form.value);
    if (!made.ok) return refused(made, form.values);
    leaveFlash(event.cookies, 'La structure est ajoutée. Ouvrez maintenant un espace à qui y travaille.');
    redirect(303, `/gestion/${garden.slug}/solidarite/prescripteurs/${made.value.id}`);
  },
};

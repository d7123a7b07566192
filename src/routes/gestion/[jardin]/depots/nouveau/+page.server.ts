import { redirect } from '@sveltejs/kit';
import { createDepot, nextDepotNumber } from '#domains/logistics/index.server.ts';
import { newDepotForm } from '#domains/logistics/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';

export const load = async (event) => {
  const { actor } = enter(event, 'logistics:change');
  return { number: await nextDepotNumber(actor) };
};

export const actions = {
  default: async (event) => {
    const { actor, garden } = enter(event, 'logistics:change');
    const form = await readForm(event, newDepotForm);
    if (!form.ok) return form.failure;
    const made = await createDepot(actor, form.value);
    if (!made.ok) return refused(made, form.values);
    leaveFlash(event.cookies, 'Le point de dépôt est créé. Mettez-le maintenant sur une tournée.');
    redirect(303, `/gestion/${garden.slug}/depots/${made.value.id}`);
  },
};

import { error, redirect } from '@sveltejs/kit';
import { addSlot, depot, depotFilters } from '#domains/logistics/index.server.ts';
import { newSlotForm } from '#domains/logistics/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';

export const load = async (event) => {
  const { actor } = enter(event, 'logistics:change');
  const [found, { tours }] = await Promise.all([depot(actor, idIn(event.params.id)), depotFilters(actor)]);
  if (!found) error(404, { message: 'Ce point de dépôt n’existe plus.' });
  return { depot: { id: found.id, name: found.name }, tours };
};

export const actions = {
  default: async (event) => {
    const { actor, garden } = enter(event, 'logistics:change');
    const form = await readForm(event, newSlotForm);
    if (!form.ok) return form.failure;
    const id = idIn(event.params.id);
    const added = await addSlot(actor, id, form.value);
    if (!added.ok) return refused(added, form.values);
    leaveFlash(event.cookies, 'Le point de dépôt est sur la tournée.');
    redirect(303, `/gestion/${garden.slug}/depots/${id}`);
  },
};

import { error, redirect } from '@sveltejs/kit';
import { archiveDepot, changeDepot, depot } from '#domains/logistics/index.server.ts';
import { depotForm } from '#domains/logistics/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';

export const load = async (event) => {
  const { actor } = enter(event, 'logistics:change');
  return { depot: (await depot(actor, idIn(event.params.id))) ?? error(404, { message: 'Ce point de dépôt n’existe plus.' }) };
};

export const actions = {
  enregistrer: async (event) => {
    const { actor, garden } = enter(event, 'logistics:change');
    const form = await readForm(event, depotForm);
    if (!form.ok) return form.failure;
    const id = idIn(event.params.id);
    const done = await changeDepot(actor, id, form.value);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, 'Le point de dépôt est enregistré.');
    redirect(303, `/gestion/${garden.slug}/depots/${id}`);
  },
  archiver: async (event) => {
    const { actor, garden, today } = enter(event, 'logistics:change');
    const done = await archiveDepot(actor, idIn(event.params.id), today);
    if (!done.ok) return refused(done);
    leaveFlash(event.cookies, 'Le point de dépôt est archivé. Il se retrouve en bas de la liste.');
    redirect(303, `/gestion/${garden.slug}/depots`);
  },
};

import { error, redirect } from '@sveltejs/kit';
import { archiveSlot, changeSlot, depot } from '#domains/logistics/index.server.ts';
import { slotForm } from '#domains/logistics/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';

export const load = async (event) => {
  const { actor } = enter(event, 'logistics:change');
  const found = await depot(actor, idIn(event.params.id));
  const slot = found?.slots.find(({ id }) => id === idIn(event.params.slot));
  if (!found || !slot) error(404, { message: 'Ce passage n’existe plus.' });
  return { depot: { id: found.id, name: found.name }, slot };
};

export const actions = {
  enregistrer: async (event) => {
    const { actor, garden } = enter(event, 'logistics:change');
    const form = await readForm(event, slotForm);
    if (!form.ok) return form.failure;
    const id = idIn(event.params.id);
    const done = await changeSlot(actor, id, idIn(event.params.slot), form.value);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, 'Le passage est enregistré.');
    redirect(303, `/gestion/${garden.slug}/depots/${id}`);
  },
  archiver: async (event) => {
    const { actor, garden, today } = enter(event, 'logistics:change');
    const id = idIn(event.params.id);
    const done = await archiveSlot(actor, id, idIn(event.params.slot), today);
    if (!done.ok) return refused(done);
    leaveFlash(event.cookies, 'Le passage est archivé : la tournée ne s’arrête plus ici.');
    redirect(303, `/gestion/${garden.slug}/depots/${id}`);
  },
};

import { error, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { addSlot, depots, tour } from '#domains/logistics/index.server.ts';
import { newSlotForm } from '#domains/logistics/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';

export const load = async (event) => {
  const { actor } = enter(event, 'logistics:change');
  const [found, { rows }] = await Promise.all([tour(actor, idIn(event.params.id)), depots(actor, { sort: 'name' })]);
  if (!found) error(404, { message: 'Cette tournée n’existe plus.' });
  return { tour: found, depots: rows.map(({ id, name, number }) => ({ value: id, label: `${name} (n° ${number})` })) };
};

const stopForm = newSlotForm
  .omit({ tourId: true })
  .extend({ depotId: z.coerce.number({ error: 'Choisissez un point de dépôt.' }).int().min(1, 'Choisissez un point de dépôt.') });

export const actions = {
  default: async (event) => {
    const { actor, garden } = enter(event, 'logistics:change');
    const form = await readForm(event, stopForm);
    if (!form.ok) return form.failure;
    const { depotId, ...slot } = form.value;
    const added = await addSlot(actor, depotId, { ...slot, tourId: idIn(event.params.id) });
    if (!added.ok) return refused(added, form.values);
    leaveFlash(event.cookies, 'Le point de dépôt est sur la tournée.');
    redirect(303, `/gestion/${garden.slug}/tournees`);
  },
};

import { error, redirect } from '@sveltejs/kit';
import { archiveTour, changeTour, tour } from '#domains/logistics/index.server.ts';
import { tourForm } from '#domains/logistics/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';

export const load = async (event) => {
  const { actor } = enter(event, 'logistics:change');
  return { tour: (await tour(actor, idIn(event.params.id))) ?? error(404, { message: 'Cette tournée n’existe plus.' }) };
};

export const actions = {
  enregistrer: async (event) => {
    const { actor, garden, today } = enter(event, 'logistics:change');
    const form = await readForm(event, tourForm);
    if (!form.ok) return form.failure;
    const done = await changeTour(actor, idIn(event.params.id), form.value, today);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, 'La tournée est enregistrée.');
    redirect(303, `/gestion/${garden.slug}/tournees`);
  },
  archiver: async (event) => {
    const { actor, garden, today } = enter(event, 'logistics:change');
    const done = await archiveTour(actor, idIn(event.params.id), today);
    if (!done.ok) return refused(done);
    leaveFlash(event.cookies, 'La tournée est archivée avec ses passages. Elle se retrouve en bas de la page.');
    redirect(303, `/gestion/${garden.slug}/tournees`);
  },
};

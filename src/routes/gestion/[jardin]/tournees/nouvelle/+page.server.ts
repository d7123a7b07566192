import { redirect } from '@sveltejs/kit';
import { createTour } from '#domains/logistics/index.server.ts';
import { newTourForm } from '#domains/logistics/schema.ts';
import { tourBoard } from '#domains/preparation/index.server.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { freeColour } from '../labels.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'logistics:change');
  return { color: freeColour((await tourBoard(actor, today)).map((tour) => tour.color)) };
};

export const actions = {
  default: async (event) => {
    const { actor, garden, today } = enter(event, 'logistics:change');
    const form = await readForm(event, newTourForm);
    if (!form.ok) return form.failure;
    const made = await createTour(actor, form.value, today);
    if (!made.ok) return refused(made, form.values);
    const { deliveries } = made.value;
    leaveFlash(
      event.cookies,
      deliveries
        ? `La tournée ${form.value.code} est créée, avec ses ${deliveries} livraisons dans le calendrier. Ajoutez-lui maintenant ses points de dépôt.`
        : `La tournée ${form.value.code} est créée. Ses livraisons viendront quand une saison sera ouverte dans le calendrier.`,
    );
    redirect(303, `/gestion/${garden.slug}/tournees#${encodeURIComponent(form.value.code)}`);
  },
};

import { error, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { season } from '#domains/logistics/index.server.ts';
import { seasonForm } from '#domains/logistics/schema.ts';
import { saveSeason } from '#domains/preparation/index.server.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { saySaved } from '../saved.ts';

export const load = async (event) => {
  const { actor } = enter(event, 'logistics:change');
  return { season: (await season(actor, idIn(event.params.id))) ?? error(404, { message: 'Cette saison n’existe pas.' }) };
};

export const actions = {
  default: async (event) => {
    const { actor, garden, today } = enter(event, 'logistics:change');
    const form = await readForm(event, seasonForm.extend({ confirmed: z.literal('oui').optional() }));
    if (!form.ok) return form.failure;
    const { confirmed, ...typed } = form.value;
    if (!confirmed) {
      const told = await saveSeason(actor, idIn(event.params.id), typed, today, 'preview');
      if (!told.ok) return refused(told, form.values);
      // What gives nobody a basket needs no second look.
      if (told.value.baskets) return { values: form.values, preview: told.value };
    }
    const done = await saveSeason(actor, idIn(event.params.id), typed, today);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, saySaved(form.value.name, done.value.deliveries));
    redirect(303, `/gestion/${garden.slug}/saisons`);
  },
};

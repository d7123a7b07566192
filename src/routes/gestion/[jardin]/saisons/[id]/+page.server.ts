import { error, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { season } from '#domains/logistics/index.server.ts';
import { seasonForm } from '#domains/logistics/schema.ts';
import { saveSeason } from '#domains/preparation/index.server.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { seenFirst } from '#edge/seen-first.ts';
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
    const { confirmed: _, ...typed } = form.value;
    const saved = await seenFirst(form, (mode) => saveSeason(actor, idIn(event.params.id), typed, today, mode));
    if ('answer' in saved) return saved.answer;
    leaveFlash(event.cookies, saySaved(form.value.name, saved.done.deliveries));
    redirect(303, `/gestion/${garden.slug}/saisons`);
  },
};

import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { followingPeriod, seasonName, seasons } from '#domains/logistics/index.server.ts';
import { newSeasonForm } from '#domains/logistics/schema.ts';
import { saveSeason } from '#domains/preparation/index.server.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm } from '#edge/forms.ts';
import { seenFirst } from '#edge/seen-first.ts';
import { saySaved } from '../saved.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'logistics:change');
  const [last] = (await seasons(actor)).toSorted((a, b) => (a.endsOn < b.endsOn ? 1 : -1));
  const period = followingPeriod(last ?? null, today);
  return { proposed: { name: seasonName(period), ...period } };
};

export const actions = {
  default: async (event) => {
    const { actor, garden, today } = enter(event, 'logistics:change');
    const form = await readForm(event, newSeasonForm.extend({ confirmed: z.literal('oui').optional() }));
    if (!form.ok) return form.failure;
    const { confirmed: _, ...typed } = form.value;
    const saved = await seenFirst(form, (mode) => saveSeason(actor, null, typed, today, mode));
    if ('answer' in saved) return saved.answer;
    leaveFlash(event.cookies, saySaved(form.value.name, saved.done.deliveries));
    redirect(303, `/gestion/${garden.slug}/saisons`);
  },
};

import { redirect } from '@sveltejs/kit';
import { followingPeriod, seasonName, seasons } from '#domains/logistics/index.server.ts';
import { newSeasonForm } from '#domains/logistics/schema.ts';
import { saveSeason } from '#domains/preparation/index.server.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
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
    const form = await readForm(event, newSeasonForm);
    if (!form.ok) return form.failure;
    const done = await saveSeason(actor, null, form.value, today);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, saySaved(form.value.name, done.value.deliveries));
    redirect(303, `/gestion/${garden.slug}/saisons`);
  },
};

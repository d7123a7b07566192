import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { contactMessages, handleMessage } from '#domains/site/index.server.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor } = enter(event, 'site:read');
  const all = event.url.searchParams.get('voir') === 'tous';
  return { ...(await contactMessages(actor, { all })), all, mayChange: can(actor, 'site:change') };
};

const given = z.object({ id: z.coerce.number().int().min(1), handled: z.enum(['oui', 'non']) });

export const actions = {
  default: async (event) => {
    const { actor, garden } = enter(event, 'site:change');
    const form = await readForm(event, given);
    if (!form.ok) return form.failure;
    const done = await handleMessage(actor, form.value.id, form.value.handled === 'oui');
    if (!done.ok) return refused(done);
    leaveFlash(event.cookies, form.value.handled === 'oui' ? 'Le message est classé.' : 'Le message est de nouveau à traiter.');
    redirect(303, `/gestion/${garden.slug}/site/recus${form.value.handled === 'oui' ? '' : '?voir=tous'}`);
  },
};

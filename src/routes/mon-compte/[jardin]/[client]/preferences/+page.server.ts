import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { changeOwnPreferences, ownPreferences } from '#domains/account/index.server.ts';
import { enterOwn } from '#edge/enter-own.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';

/** A box that is not ticked sends nothing: it says no. */
const ticked = z.preprocess((value) => value === 'on', z.boolean());
const wanted = z.object({ reminder: ticked, news: ticked });

export const load = async (event) => {
  const { own } = await enterOwn(event);
  return await ownPreferences(own);
};

export const actions = {
  default: async (event) => {
    const { own } = await enterOwn(event);
    const form = await readForm(event, wanted);
    if (!form.ok) return form.failure;
    const kept = await changeOwnPreferences(own, form.value);
    if (!kept.ok) return refused(kept, form.values);
    leaveFlash(event.cookies, 'Vos choix sont enregistrés.');
    redirect(303, `/mon-compte/${event.params.jardin}/${event.params.client}/preferences`);
  },
};

import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { signupSettings } from '#domains/gardens/settings-signup.ts';
import { saveSignupSettings, signupSettingsOf } from '#domains/signup/index.server.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { can } from '#platform/access/actor.ts';

const settingsForm = z.object({ base: z.string().max(20_000), ...signupSettings });

export const load = async (event) => {
  const { actor, garden } = enter(event, 'settings:read');
  return {
    ...(await signupSettingsOf(actor)),
    back: `/gestion/${garden.slug}/inscriptions`,
    public: `/jardins/${garden.slug}/inscription`,
    mayChange: can(actor, 'settings:change'),
  };
};

export const actions = {
  default: async (event) => {
    const { actor, garden } = enter(event, 'settings:change');
    const form = await readForm(event, settingsForm);
    if (!form.ok) return form.failure;
    const { base, ...wanted } = form.value;
    const done = await saveSignupSettings(actor, wanted, base);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, 'Les réglages des inscriptions sont enregistrés.');
    redirect(303, `/gestion/${garden.slug}/inscriptions/reglages`);
  },
};

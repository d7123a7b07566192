import { redirect } from '@sveltejs/kit';
import { gardenRecord } from '#domains/gardens/index.server.ts';
import { gardenForm } from '#domains/gardens/schema.ts';
import { saveSettings } from '#domains/logistics/index.server.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor } = enter(event, 'settings:read');
  const { name, address, postcode, city, phone, email, accent, settings, version } = await gardenRecord(actor);
  return {
    record: { name, address, postcode, city, phone, email, accent: accent ?? '', ...settings, version },
    mayChange: can(actor, 'settings:change'),
  };
};

export const actions = {
  default: async (event) => {
    const { actor, garden, today } = enter(event, 'settings:change');
    const form = await readForm(event, gardenForm);
    if (!form.ok) return form.failure;
    const done = await saveSettings(actor, form.value, today);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, 'Les réglages sont enregistrés.');
    redirect(303, `/gestion/${garden.slug}/reglages`);
  },
};

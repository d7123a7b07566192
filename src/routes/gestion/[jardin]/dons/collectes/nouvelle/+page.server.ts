import { redirect } from '@sveltejs/kit';
import { campaignChoices, saveCampaign } from '#domains/giving/index.server.ts';
import { campaignForm } from '#domains/giving/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'giving:change');
  return { ...(await campaignChoices(actor)), today, base: `/gestion/${garden.slug}/dons/collectes` };
};

export const actions = {
  default: async (event) => {
    const { actor, garden } = enter(event, 'giving:change');
    const form = await readForm(event, campaignForm);
    if (!form.ok) return form.failure;
    const { version: _, ...values } = form.value;
    const saved = await saveCampaign(actor, null, 0, values);
    if (!saved.ok) return refused(saved, form.values);
    leaveFlash(event.cookies, `La collecte « ${values.title} » est créée.`);
    redirect(303, `/gestion/${garden.slug}/dons/collectes/${saved.value.id}`);
  },
};

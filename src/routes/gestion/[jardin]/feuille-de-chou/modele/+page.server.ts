import { redirect } from '@sveltejs/kit';
import { newsletterTemplate, saveTemplate } from '#domains/composition/index.server.ts';
import { templateForm } from '#domains/composition/schema-newsletter.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readAnd } from '#edge/forms.ts';

export const load = async (event) => {
  const { actor } = enter(event, 'composition:change');
  return { template: await newsletterTemplate(actor) };
};

export const actions = {
  default: async (event) => {
    const { actor, garden } = enter(event, 'composition:change');
    const refusal = await readAnd(event, templateForm, (form) => saveTemplate(actor, form));
    if (refusal) return refusal;
    leaveFlash(event.cookies, 'Le modèle est enregistré : il sert pour toutes les feuilles.');
    redirect(303, `/gestion/${garden.slug}/feuille-de-chou`);
  },
};

import { redirect } from '@sveltejs/kit';
import { askErasure, ownErasure, withdrawErasure } from '#domains/account/index.server.ts';
import { erasureForm } from '#domains/account/schema-self.ts';
import { enterOwn } from '#edge/enter-own.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';

export const load = async (event) => {
  const { own, today } = await enterOwn(event);
  return await ownErasure(own, today);
};

const here = ({ params }: { params: Partial<Record<string, string>> }) => `/mon-compte/${params.jardin}/${params.client}/mes-donnees`;

export const actions = {
  effacer: async (event) => {
    const { own } = await enterOwn(event);
    const form = await readForm(event, erasureForm);
    if (!form.ok) return form.failure;
    const asked = await askErasure(own, form.value.note);
    if (!asked.ok) return refused(asked, form.values);
    leaveFlash(event.cookies, 'Votre demande est transmise au jardin : il vous répond dans le mois.');
    redirect(303, here(event));
  },
  retirer: async (event) => {
    const { own } = await enterOwn(event);
    const withdrawn = await withdrawErasure(own);
    if (!withdrawn.ok) return refused(withdrawn);
    leaveFlash(event.cookies, 'Votre demande est retirée : rien n’est effacé.', 'info');
    redirect(303, here(event));
  },
};

import { error, redirect } from '@sveltejs/kit';
import { archiveReturnable, returnable, saveReturnable } from '#domains/billing/index.server.ts';
import { returnableForm } from '#domains/billing/schema-returnables.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';

/** `/contenants/nouveau` adds one; `/contenants/12` changes or archives that one. */
export const load = async (event) => {
  const { actor } = enter(event, 'billing:change');
  if (event.params.id === 'nouveau') return { container: null };
  const container = await returnable(actor, idIn(event.params.id));
  if (!container) error(404, { message: 'Ce contenant n’existe pas.' });
  return { container };
};

export const actions = {
  enregistrer: async (event) => {
    const { actor, garden } = enter(event, 'billing:change');
    const form = await readForm(event, returnableForm);
    if (!form.ok) return form.failure;
    const { version, ...values } = form.value;
    const saved = await saveReturnable(actor, event.params.id === 'nouveau' ? null : idIn(event.params.id), version, values);
    if (!saved.ok) return refused(saved, form.values);
    leaveFlash(event.cookies, `« ${values.name} » est enregistré.`);
    redirect(303, `/gestion/${garden.slug}/contenants`);
  },

  archiver: async (event) => {
    const { actor, garden } = enter(event, 'billing:change');
    const done = await archiveReturnable(actor, idIn(event.params.id), true);
    if (!done.ok) return refused(done);
    leaveFlash(event.cookies, 'Le contenant n’est plus proposé.');
    redirect(303, `/gestion/${garden.slug}/contenants`);
  },

  reprendre: async (event) => {
    const { actor } = enter(event, 'billing:change');
    const done = await archiveReturnable(actor, idIn(event.params.id), false);
    if (!done.ok) return refused(done);
    leaveFlash(event.cookies, 'Le contenant est de nouveau proposé.');
    redirect(303, event.url.pathname);
  },
};

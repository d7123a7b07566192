import { error, redirect } from '@sveltejs/kit';
import { changeMethod, createMethod, methodsPage, setMethodArchived } from '#domains/payments/index.server.ts';
import { methodForm } from '#domains/payments/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';

/** `/encaissements/moyens/nouveau` adds one; `/encaissements/moyens/3` shows, changes or archives that one. */
export const load = async (event) => {
  const isNew = event.params.id === 'nouveau';
  const { actor, garden } = enter(event, isNew ? 'payments:change' : 'payments:read');
  const { methods, accounts } = await methodsPage(actor);
  const method = isNew ? null : methods.find(({ id }) => id === idIn(event.params.id));
  if (method === undefined) error(404, { message: 'Ce moyen de paiement n’existe pas.' });
  return { base: `/gestion/${garden.slug}`, method, accounts, next: methods.length + 1, mayChange: can(actor, 'payments:change') };
};

export const actions = {
  save: async (event) => {
    const { actor, garden } = enter(event, 'payments:change');
    const form = await readForm(event, methodForm);
    if (!form.ok) return form.failure;
    const { version, ...values } = form.value;
    const isNew = event.params.id === 'nouveau';
    const saved = isNew ? await createMethod(actor, values) : await changeMethod(actor, idIn(event.params.id), version, values);
    if (!saved.ok) return refused(saved, form.values);
    leaveFlash(event.cookies, isNew ? `« ${values.name} » est ajouté.` : `« ${values.name} » est enregistré.`);
    redirect(303, `/gestion/${garden.slug}/encaissements/moyens`);
  },
  archive: async (event) => {
    const { actor, garden } = enter(event, 'payments:change');
    const archived = await setMethodArchived(actor, idIn(event.params.id), true);
    if (!archived.ok) return refused(archived);
    leaveFlash(event.cookies, 'Ce moyen n’est plus proposé.');
    redirect(303, `/gestion/${garden.slug}/encaissements/moyens`);
  },
  restore: async (event) => {
    const { actor } = enter(event, 'payments:change');
    const restored = await setMethodArchived(actor, idIn(event.params.id), false);
    if (!restored.ok) return refused(restored);
    leaveFlash(event.cookies, 'Ce moyen est de nouveau proposé.');
    redirect(303, event.url.pathname);
  },
};

import { error, redirect } from '@sveltejs/kit';
import { archiveSupplier, changeSupplier, createSupplier, restoreSupplier, supplier } from '#domains/produce/index.server.ts';
import { supplierForm } from '#domains/produce/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';

/** `/fournisseurs/nouveau` adds one; `/fournisseurs/12` shows, changes or archives that one. */
export const load = async (event) => {
  const isNew = event.params.id === 'nouveau';
  const { actor } = enter(event, isNew ? 'catalogue:change' : 'catalogue:read');
  if (isNew) return { supplier: null, mayChange: true };
  const found = await supplier(actor, idIn(event.params.id));
  if (!found) error(404, { message: 'Ce fournisseur n’existe pas.' });
  return { supplier: found, mayChange: can(actor, 'catalogue:change') };
};

export const actions = {
  save: async (event) => {
    const { actor, garden } = enter(event, 'catalogue:change');
    const form = await readForm(event, supplierForm);
    if (!form.ok) return form.failure;
    const { version, ...values } = form.value;
    const isNew = event.params.id === 'nouveau';
    const done = isNew ? await createSupplier(actor, values) : await changeSupplier(actor, idIn(event.params.id), version, values);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, isNew ? `« ${values.name} » est ajouté.` : `« ${values.name} » est enregistré.`);
    redirect(303, `/gestion/${garden.slug}/fournisseurs`);
  },

  archive: async (event) => {
    const { actor, garden } = enter(event, 'catalogue:change');
    const done = await archiveSupplier(actor, idIn(event.params.id));
    if (!done.ok) return refused(done);
    leaveFlash(event.cookies, 'Le fournisseur est archivé.');
    redirect(303, `/gestion/${garden.slug}/fournisseurs`);
  },

  restore: async (event) => {
    const { actor, garden } = enter(event, 'catalogue:change');
    const id = idIn(event.params.id);
    const done = await restoreSupplier(actor, id);
    if (!done.ok) return refused(done);
    leaveFlash(event.cookies, 'Le fournisseur est de nouveau dans la liste.');
    redirect(303, `/gestion/${garden.slug}/fournisseurs/${id}`);
  },
};

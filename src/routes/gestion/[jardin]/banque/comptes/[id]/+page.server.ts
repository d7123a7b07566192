import { error, redirect } from '@sveltejs/kit';
import { archiveAccount, bankAccount, changeAccount, createAccount } from '#domains/banking/index.server.ts';
import { accountForm } from '#domains/banking/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';

/** `/banque/comptes/nouveau` adds one; `/banque/comptes/2` shows, changes or archives that one. */
export const load = async (event) => {
  const isNew = event.params.id === 'nouveau';
  const { actor, garden } = enter(event, isNew ? 'payments:change' : 'payments:read');
  if (isNew) return { account: null, holder: garden.name, mayChange: true };
  const found = await bankAccount(actor, idIn(event.params.id));
  if (!found) error(404, { message: 'Ce compte n’existe pas.' });
  return { account: found, holder: found.holder, mayChange: can(actor, 'payments:change') };
};

export const actions = {
  save: async (event) => {
    const { actor, garden } = enter(event, 'payments:change');
    const form = await readForm(event, accountForm);
    if (!form.ok) return form.failure;
    const { version, ...values } = form.value;
    const isNew = event.params.id === 'nouveau';
    const saved = isNew ? await createAccount(actor, values) : await changeAccount(actor, idIn(event.params.id), version, values);
    if (!saved.ok) return refused(saved, form.values);
    leaveFlash(event.cookies, `« ${values.name} » est enregistré.`);
    redirect(303, `/gestion/${garden.slug}/banque/comptes`);
  },
  archive: async (event) => {
    const { actor, garden } = enter(event, 'payments:change');
    const archived = await archiveAccount(actor, idIn(event.params.id), true);
    if (!archived.ok) return refused(archived);
    leaveFlash(event.cookies, 'Le compte est archivé.');
    redirect(303, `/gestion/${garden.slug}/banque/comptes`);
  },
  restore: async (event) => {
    const { actor, garden } = enter(event, 'payments:change');
    const restored = await archiveAccount(actor, idIn(event.params.id), false);
    if (!restored.ok) return refused(restored);
    leaveFlash(event.cookies, 'Le compte est de nouveau utilisé.');
    redirect(303, `/gestion/${garden.slug}/banque/comptes`);
  },
};

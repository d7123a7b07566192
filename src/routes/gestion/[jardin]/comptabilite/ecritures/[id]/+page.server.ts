import { error, redirect } from '@sveltejs/kit';
import { entry, reverseEntry } from '#domains/accounting/index.server.ts';
import { reversalForm } from '#domains/accounting/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'accounting:read');
  const found = await entry(actor, idIn(event.params.id));
  if (!found) error(404, { message: 'Cette écriture n’existe pas.' });
  return { entry: found, today, mayChange: can(actor, 'accounting:change'), mayBilling: can(actor, 'billing:read') };
};

export const actions = {
  annuler: async (event) => {
    const { actor, garden, today } = enter(event, 'accounting:change');
    const form = await readForm(event, reversalForm);
    if (!form.ok) return form.failure;
    const done = await reverseEntry(actor, idIn(event.params.id), form.value, today);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, 'L’écriture est annulée par celle-ci, qui en est l’inverse.');
    redirect(303, `/gestion/${garden.slug}/comptabilite/ecritures/${done.value.id}`);
  },
};

import { error, fail, redirect } from '@sveltejs/kit';
import { changeCustomer, customerToChange } from '#domains/customers/index.server.ts';
import { customerChange } from '#domains/customers/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';

export const load = async (event) => {
  const { actor, garden } = enter(event, 'customers:change');
  const found = await customerToChange(actor, idIn(event.params.id));
  if (!found) error(404, { message: 'Ce client n’existe pas dans votre jardin.' });
  return { base: `/gestion/${garden.slug}/clients`, ...found };
};

export const actions = {
  default: async (event) => {
    const { actor, garden } = enter(event, 'customers:change');
    const id = idIn(event.params.id);
    const form = await readForm(event, customerChange);
    if (!form.ok) return form.failure;
    const { version, base, ...values } = form.value;
    const changed = await changeCustomer(actor, id, { version, base, values });
    if (!changed.ok && 'conflict' in changed) {
      // The next try stands on the other's version: what was typed stays, what only the other one changed is taken over.
      const next = { ...changed.values, version: changed.version, base: JSON.stringify(changed.base) };
      return fail(409, { values: next, errors: changed.fields, message: changed.reason });
    }
    if (!changed.ok) return refused(changed, form.values);
    leaveFlash(event.cookies, 'La fiche est enregistrée.');
    redirect(303, `/gestion/${garden.slug}/clients/${id}`);
  },
};

import { redirect } from '@sveltejs/kit';
import { createCustomer, newCustomer } from '#domains/customers/index.server.ts';
import { customerForm } from '#domains/customers/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';

export const load = async (event) => {
  const { actor, garden } = enter(event, 'customers:change');
  return { base: `/gestion/${garden.slug}/clients`, ...(await newCustomer(actor)) };
};

export const actions = {
  default: async (event) => {
    const { actor, garden } = enter(event, 'customers:change');
    const form = await readForm(event, customerForm);
    if (!form.ok) return form.failure;
    const created = await createCustomer(actor, form.value);
    if (!created.ok) return refused(created, form.values);
    leaveFlash(event.cookies, 'Le client est créé.');
    redirect(303, `/gestion/${garden.slug}/clients/${created.value.id}`);
  },
};

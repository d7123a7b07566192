import { randomUUID } from 'node:crypto';
import { error, redirect } from '@sveltejs/kit';
import { addPayment, payingPage } from '#domains/payments/index.server.ts';
import { paymentForm } from '#domains/payments/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { formatEuros } from '#kernel/money.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'payments:change');
  const page = await payingPage(actor, idIn(event.params.id));
  if (!page) error(404, { message: 'Ce client n’existe pas dans votre jardin.' });
  return { base: `/gestion/${garden.slug}`, today, key: randomUUID(), opensRecord: can(actor, 'customers:read'), ...page };
};

export const actions = {
  default: async (event) => {
    const { actor, garden, today } = enter(event, 'payments:change');
    const form = await readForm(event, paymentForm);
    if (!form.ok) return form.failure;
    const added = await addPayment(actor, idIn(event.params.id), form.value, today);
    if (!added.ok) return refused(added, form.values);
    const said = {
      paid: 'Le règlement est enregistré',
      expected: 'Le règlement est noté comme attendu',
      uncertain: 'Le règlement est noté, à vérifier',
    };
    leaveFlash(event.cookies, `${said[form.value.state]} : ${formatEuros(form.value.amount)}.`);
    redirect(303, `/gestion/${garden.slug}/encaissements/${added.value.id}`);
  },
};

import { randomUUID } from 'node:crypto';
import { error, redirect } from '@sveltejs/kit';
import { addCharge, customerAccount, saleAccounts } from '#domains/billing/index.server.ts';
import { chargeForm } from '#domains/billing/schema-charges.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'billing:change');
  const [account, choices] = await Promise.all([customerAccount(actor, idIn(event.params.id), today), saleAccounts(actor)]);
  if (!account) error(404, { message: 'Ce client n’existe pas dans votre jardin.' });
  const { customer, subscriptions, vatLiable } = account;
  return { base: `/gestion/${garden.slug}/clients`, today, key: randomUUID(), customer, subscriptions, vatLiable, ...choices };
};

export const actions = {
  default: async (event) => {
    const { actor, garden } = enter(event, 'billing:change');
    const form = await readForm(event, chargeForm);
    if (!form.ok) return form.failure;
    const id = idIn(event.params.id);
    const added = await addCharge(actor, id, form.value);
    if (!added.ok) return refused(added, form.values);
    leaveFlash(
      event.cookies,
      form.value.subscriptionId
        ? `« ${form.value.label} » viendra avec chaque livraison.`
        : `« ${form.value.label} » ira sur la prochaine facture.`,
    );
    redirect(303, `/gestion/${garden.slug}/clients/${id}/compte#lignes`);
  },
};

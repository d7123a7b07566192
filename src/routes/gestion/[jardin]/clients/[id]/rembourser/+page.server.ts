import { randomUUID } from 'node:crypto';
import { error, redirect } from '@sveltejs/kit';
import { addRefund, payingPage } from '#domains/payments/index.server.ts';
import { refundForm } from '#domains/payments/schema.ts';
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
  // A refund leaves by transfer, cheque or cash; what vouchers and debits bring is not given back so.
  const methods = page.methods.filter(({ kind }) => kind !== 'direct_debit' && kind !== 'meal_voucher');
  const transfer = methods.find(({ kind }) => kind === 'transfer')?.id;
  return {
    ...page,
    ...{ base: `/gestion/${garden.slug}`, today, key: randomUUID(), methods, method: transfer ?? methods[0]?.id },
    opensRecord: can(actor, 'customers:read'),
  };
};

export const actions = {
  default: async (event) => {
    const { actor, garden, today } = enter(event, 'payments:change');
    const form = await readForm(event, refundForm);
    if (!form.ok) return form.failure;
    const added = await addRefund(actor, idIn(event.params.id), form.value, today);
    if (!added.ok) return refused(added, form.values);
    leaveFlash(event.cookies, `Le remboursement de ${formatEuros(form.value.amount)} est enregistré.`);
    redirect(303, `/gestion/${garden.slug}/encaissements/${added.value.id}`);
  },
};

import { redirect } from '@sveltejs/kit';
import { changeOwnAccount, ownMandates } from '#domains/account/index.server.ts';
import { accountChangeForm } from '#domains/account/schema-self.ts';
import { consentOf } from '#edge/consent.ts';
import { enterOwn } from '#edge/enter-own.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';

export const load = async (event) => {
  const { own, garden, today } = await enterOwn(event);
  const { standing, creditor, debtor } = await ownMandates(own, today);
  if (!standing || !creditor) redirect(303, `/mon-compte/${garden.slug}/${own.customerId}/paiement#prelevement`);
  return { mandate: standing, creditor, debtor };
};

export const actions = {
  default: async (event) => {
    const { own, garden, today } = await enterOwn(event);
    const form = await readForm(event, accountChangeForm);
    if (!form.ok) return form.failure;
    const { version, iban, bic } = form.value;
    const changed = await changeOwnAccount(own, { version, iban, bic }, consentOf(event), today);
    if (!changed.ok) return refused(changed, form.values);
    leaveFlash(event.cookies, 'C’est noté : les prochains prélèvements se feront sur ce compte.');
    redirect(303, `/mon-compte/${garden.slug}/${own.customerId}/paiement#prelevement`);
  },
};

import { redirect } from '@sveltejs/kit';
import { nextOwnReference, ownMandates, signOwn } from '#domains/account/index.server.ts';
import { signForm } from '#domains/account/schema-self.ts';
import { consentOf } from '#edge/consent.ts';
import { enterOwn } from '#edge/enter-own.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';

export const load = async (event) => {
  const { own, garden, today } = await enterOwn(event);
  const { standing, creditor, debtor } = await ownMandates(own, today);
  // Signed already, here or on another device: the page of payments says so.
  if (standing && event.request.method === 'GET') redirect(303, `/mon-compte/${garden.slug}/${own.customerId}/paiement#prelevement`);
  return { creditor, debtor, reference: creditor ? await nextOwnReference(own) : '' };
};

export const actions = {
  default: async (event) => {
    const { own, garden, today } = await enterOwn(event);
    const form = await readForm(event, signForm);
    if (!form.ok) return form.failure;
    const { iban, bic, reference } = form.value;
    const signed = await signOwn(own, { iban, bic, reference }, consentOf(event), today);
    if (!signed.ok) return refused(signed, form.values);
    leaveFlash(event.cookies, 'Merci, c’est signé. Une lettre vous le confirme : gardez-la.');
    redirect(303, `/mon-compte/${garden.slug}/${own.customerId}/paiement#prelevement`);
  },
};

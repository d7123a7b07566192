import { mandateWords } from '#domains/banking/rules/mandate-words.ts';
import { paymentStep } from '#domains/signup/schema.ts';
import { answer, enterSignup, keepWrong, openStep } from '#edge/enter-signup.ts';
import { readForm } from '#edge/forms.ts';

/** In how many equal parts it may be paid, most first; none when the plan is not paid in such. */
function partsOf({ billingMode, billingCount }: { billingMode: string; billingCount: number | null }, payments: number): number[] {
  if (billingMode !== 'instalments') return [];
  const most = billingCount ?? payments;
  return [...new Set([most, Math.ceil(most / 2), 1])].filter((parts) => parts >= 1);
}

export const load = async (event) => {
  const { page, frame } = await openStep(event, 'paiement');
  const { ways, plan, raw, garden, creditor, me, preview } = page;
  const creditorName = garden.legalName;
  const parts = partsOf(plan!, preview?.ok ? preview.value.payments.length : 1);
  return {
    ...frame,
    ...{ ways, parts },
    debit: ways.includes('direct_debit')
      ? { name: creditorName, identifier: creditor, address: garden.address, words: mandateWords({ name: creditorName }) }
      : null,
    account: me?.account ?? null,
    typed: {
      moyen: ways[0]!,
      parts: String(parts[0] ?? ''),
      titulaire: '',
      iban: '',
      mandat: me?.account ? 'oui' : '',
      ...raw.paiement,
      accord: '',
    },
    // What was agreed to stays agreed to until the account changes.
    agreed: page.answers.paiement?.accord ?? false,
  };
};

export const actions = {
  default: async (event) => {
    const at = await enterSignup(event);
    const form = await readForm(event, paymentStep);
    if (form.ok) return answer(event, at, 'paiement', form.values);
    await keepWrong(event, at, 'paiement', form.failure.data.values);
    return form.failure;
  },
};

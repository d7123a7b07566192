import { randomUUID } from 'node:crypto';
import { redirect } from '@sveltejs/kit';
import { ownPaying, payOwn } from '#domains/online/index.server.ts';
import { payForm } from '#domains/online/schema.ts';
import { enterOwn } from '#edge/enter-own.ts';
import { readForm, refused } from '#edge/forms.ts';

/** What the customer may pay online, and the choice made: `?choix=facture-12` begins with that one. */
export const load = async (event) => {
  const { own, garden, today } = await enterOwn(event);
  const paying = await ownPaying(own, today);
  const asked = event.url.searchParams.get('choix');
  return {
    paying,
    key: randomUUID(),
    chosen: paying.choices.find(({ value }) => value === asked)?.value ?? paying.choices[0]?.value ?? 'autre',
    home: `/mon-compte/${garden.slug}/${own.customerId}`,
    mayPay: own.seenBy === 'customer',
  };
};

export const actions = {
  default: async (event) => {
    const { own, garden, today } = await enterOwn(event);
    const form = await readForm(event, payForm);
    if (!form.ok) return form.failure;
    const started = await payOwn(own, form.value, `/mon-compte/${garden.slug}/${own.customerId}/factures`, today);
    if (!started.ok) return refused(started, form.values);
    redirect(303, started.value.path);
  },
};

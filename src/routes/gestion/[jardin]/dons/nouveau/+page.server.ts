import { randomUUID } from 'node:crypto';
import { redirect } from '@sveltejs/kit';
import { giftChoices, givingCustomer, recordGift } from '#domains/giving/index.server.ts';
import { giftForm } from '#domains/giving/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { formatEuros } from '#kernel/money.ts';

const customerIn = (url: URL): number | null => {
  const asked = Number(url.searchParams.get('client'));
  return Number.isSafeInteger(asked) && asked > 0 ? asked : null;
};

/** `?client=12`: the donor is a customer. `?donateur=3`: one who gave before. */
export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'giving:change');
  const asked = customerIn(event.url);
  const [choices, customer] = await Promise.all([giftChoices(actor), asked === null ? null : givingCustomer(actor, asked)]);
  const donor = Number(event.url.searchParams.get('donateur'));
  return {
    base: `/gestion/${garden.slug}/dons`,
    today,
    key: randomUUID(),
    customer,
    donor: choices.donors.find(({ id }) => id === donor)?.id ?? null,
    ...choices,
  };
};

export const actions = {
  default: async (event) => {
    const { actor, garden, today } = enter(event, 'giving:change');
    const form = await readForm(event, giftForm);
    if (!form.ok) return form.failure;
    const written = await recordGift(actor, { ...form.value, customer: customerIn(event.url) }, today);
    if (!written.ok) return refused(written, form.values);
    leaveFlash(event.cookies, `Le don de ${formatEuros(form.value.cents)} est enregistré. Merci pour lui !`);
    redirect(303, `/gestion/${garden.slug}/dons/${written.value.id}`);
  },
};

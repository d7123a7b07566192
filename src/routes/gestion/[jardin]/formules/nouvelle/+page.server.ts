import { error, redirect } from '@sveltejs/kit';
import { createPlan, plan, planChoices } from '#domains/plans/index.server.ts';
import { typedPlan } from '#domains/plans/labels.ts';
import { priceOn } from '#domains/plans/rules/price.ts';
import { newPlanForm, planIn } from '#domains/plans/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idAsked } from '#edge/id.ts';

/** What most gardens offer: every week, all year round, all requests allowed. */
const usual = {
  frequencies: ['weekly'],
  allowed: ['cancel', 'postpone', 'double', 'move', 'gift'],
  billingMode: 'arrears',
  billingRhythm: 'month',
  remedy: 'none',
  noticeDays: '30',
  minQuantity: '1',
};

/** `?copie=12` starts from plan 12; nothing is written until it is saved. */
export const load = async (event) => {
  const { actor, today } = enter(event, 'catalogue:change');
  const choices = await planChoices(actor);
  const id = idAsked(event.url.searchParams.get('copie'));
  if (!id)
    return { choices, copied: null, values: { ...usual, position: String(choices.nextPosition) } as Record<string, string | string[]> };
  const copied = await plan(actor, id, today);
  if (!copied) error(404, { message: 'Cette formule n’existe pas.' });
  const price = priceOn(copied.prices, today) ?? copied.prices[0];
  const priceCents = price ? (price.priceCents / 100).toFixed(2).replace('.', ',') : '';
  const values: Record<string, string | string[]> = {
    ...typedPlan(copied),
    name: `Copie de ${copied.name}`.slice(0, 80),
    position: String(choices.nextPosition),
    priceCents,
  };
  return { choices, copied: { id, name: copied.name }, values };
};

export const actions = {
  default: async (event) => {
    const { actor, garden } = enter(event, 'catalogue:change');
    const form = await readForm(event, newPlanForm);
    if (!form.ok) return form.failure;
    const done = await createPlan(actor, planIn(form.value), form.value.priceCents);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, `La formule « ${form.value.name} » est créée.`);
    redirect(303, `/gestion/${garden.slug}/formules/${done.value.id}`);
  },
};

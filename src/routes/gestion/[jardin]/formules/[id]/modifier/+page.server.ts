import { error, redirect } from '@sveltejs/kit';
import { changePlan, plan, planChoices } from '#domains/plans/index.server.ts';
import { typedPlan } from '#domains/plans/labels.ts';
import { planForm, planIn } from '#domains/plans/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'catalogue:change');
  const found = await plan(actor, idIn(event.params.id), today);
  if (!found) error(404, { message: 'Cette formule n’existe pas.' });
  const choices = await planChoices(actor);
  // The product of an old plan may be gone from the list; it stays in its form.
  if (!choices.products.some(({ id }) => id === found.productId))
    choices.products.push({ id: found.productId, name: found.productName, kind: found.productKind, priceCents: 0 });
  return {
    plan: { id: found.id, name: found.name, version: found.version, signed: found.signed, used: found.used },
    choices,
    values: typedPlan(found),
  };
};

export const actions = {
  default: async (event) => {
    const { actor, garden, today } = enter(event, 'catalogue:change');
    const form = await readForm(event, planForm);
    if (!form.ok) return form.failure;
    const id = idIn(event.params.id);
    const done = await changePlan(actor, id, form.value.version, planIn(form.value), today);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, 'La formule est enregistrée.');
    redirect(303, `/gestion/${garden.slug}/formules/${id}`);
  },
};

import { error, redirect } from '@sveltejs/kit';
import { addPrice, archivePlan, plan, removePrice, restorePlan } from '#domains/plans/index.server.ts';
import { priceForm, priceToRemove } from '#domains/plans/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readAnd, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'catalogue:read');
  const found = await plan(actor, idIn(event.params.id), today);
  if (!found) error(404, { message: 'Cette formule n’existe pas.' });
  return { plan: found, today, mayChange: can(actor, 'catalogue:change') };
};

export const actions = {
  price: async (event) => {
    const { actor, garden, today } = enter(event, 'catalogue:change');
    const id = idIn(event.params.id);
    const refusal = await readAnd(event, priceForm, (value) => addPrice(actor, id, value, today));
    if (refusal) return refusal;
    leaveFlash(event.cookies, 'Le prix est enregistré. Les abonnements déjà signés gardent le leur.');
    redirect(303, `/gestion/${garden.slug}/formules/${id}#prix`);
  },

  withdraw: async (event) => {
    const { actor, garden, today } = enter(event, 'catalogue:change');
    const id = idIn(event.params.id);
    const refusal = await readAnd(event, priceToRemove, ({ price }) => removePrice(actor, id, price, today));
    if (refusal) return refusal;
    leaveFlash(event.cookies, 'Ce prix n’aura pas lieu.');
    redirect(303, `/gestion/${garden.slug}/formules/${id}#prix`);
  },

  archive: async (event) => {
    const { actor, garden, today } = enter(event, 'catalogue:change');
    const done = await archivePlan(actor, idIn(event.params.id), today);
    if (!done.ok) return refused(done);
    leaveFlash(event.cookies, 'La formule est archivée : elle n’est plus proposée.');
    redirect(303, `/gestion/${garden.slug}/formules`);
  },

  restore: async (event) => {
    const { actor, garden } = enter(event, 'catalogue:change');
    const id = idIn(event.params.id);
    const done = await restorePlan(actor, id);
    if (!done.ok) return refused(done);
    leaveFlash(event.cookies, 'La formule est de nouveau proposée.');
    redirect(303, `/gestion/${garden.slug}/formules/${id}`);
  },
};

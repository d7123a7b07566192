import { error, redirect } from '@sveltejs/kit';
import { changeProduce, produce, produceChoices } from '#domains/produce/index.server.ts';
import { typedProduce } from '#domains/produce/labels.ts';
import { produceForm } from '#domains/produce/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'catalogue:change');
  const found = await produce(actor, idIn(event.params.id), today);
  if (!found) error(404, { message: 'Ce produit n’existe pas.' });
  const choices = await produceChoices(actor);
  // What was archived since stays in its form.
  if (found.supplierId && !choices.suppliers.some(({ id }) => id === found.supplierId))
    choices.suppliers.push({ id: found.supplierId, name: found.supplierName ?? '' });
  if (found.crewId && !choices.crews.some(({ id }) => id === found.crewId))
    choices.crews.push({ id: found.crewId, name: found.crewName ?? '' });
  return { produce: { id: found.id, name: found.name, version: found.version }, choices, values: typedProduce(found) };
};

export const actions = {
  default: async (event) => {
    const { actor, garden } = enter(event, 'catalogue:change');
    const form = await readForm(event, produceForm);
    if (!form.ok) return form.failure;
    const id = idIn(event.params.id);
    const { version, ...values } = form.value;
    const done = await changeProduce(actor, id, version, values);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, `« ${values.name} » est enregistré.`);
    redirect(303, `/gestion/${garden.slug}/produits/${id}`);
  },
};

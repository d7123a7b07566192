import { redirect } from '@sveltejs/kit';
import { createProduce, produceChoices } from '#domains/produce/index.server.ts';
import { produceForm } from '#domains/produce/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';

/** What most produce is. */
const usual: Record<string, string | string[]> = { category: 'vegetable', unit: 'kg', organic: 'organic' };

export const load = async (event) => {
  const { actor } = enter(event, 'catalogue:change');
  return { choices: await produceChoices(actor), values: usual };
};

export const actions = {
  default: async (event) => {
    const { actor, garden } = enter(event, 'catalogue:change');
    const form = await readForm(event, produceForm);
    if (!form.ok) return form.failure;
    const { version: _, ...values } = form.value;
    const made = await createProduce(actor, values);
    if (!made.ok) return refused(made, form.values);
    leaveFlash(event.cookies, `« ${values.name} » est ajouté. Vous pouvez lui donner un prix.`);
    redirect(303, `/gestion/${garden.slug}/produits/${made.value.id}`);
  },
};

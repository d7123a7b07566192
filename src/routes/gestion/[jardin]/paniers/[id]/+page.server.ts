import { error, redirect } from '@sveltejs/kit';
import { archiveProduct, changeProduct, createProduct, product, products } from '#domains/catalogue/index.server.ts';
import { productForm } from '#domains/catalogue/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';

/** `/paniers/nouveau` adds one; `/paniers/12` changes or archives that one. */
export const load = async (event) => {
  const { actor } = enter(event, 'catalogue:change');
  if (event.params.id === 'nouveau') {
    const last = (await products(actor)).at(-1)?.position ?? 0;
    return { product: null, position: last + 1 };
  }
  const found = await product(actor, idIn(event.params.id));
  if (!found) error(404, { message: 'Ce produit n’est plus proposé.' });
  return { product: found, position: found.position };
};

export const actions = {
  save: async (event) => {
    const { actor, garden } = enter(event, 'catalogue:change');
    const form = await readForm(event, productForm);
    if (!form.ok) return form.failure;
    const isNew = event.params.id === 'nouveau';
    const done = isNew ? await createProduct(actor, form.value) : await changeProduct(actor, idIn(event.params.id), form.value);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, isNew ? `« ${form.value.name} » est ajouté.` : `« ${form.value.name} » est enregistré.`);
    redirect(303, `/gestion/${garden.slug}/paniers`);
  },

  archive: async (event) => {
    const { actor, garden, today } = enter(event, 'catalogue:change');
    const done = await archiveProduct(actor, idIn(event.params.id), today);
    if (!done.ok) return refused(done);
    leaveFlash(event.cookies, 'Le produit n’est plus proposé.');
    redirect(303, `/gestion/${garden.slug}/paniers`);
  },
};

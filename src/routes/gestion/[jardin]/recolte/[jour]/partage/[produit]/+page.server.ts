import { error, fail, redirect } from '@sveltejs/kit';
import { harvestToShare, shareHarvest } from '#domains/composition/index.server.ts';
import { readSharing } from '#domains/composition/rules/sharing.ts';
import { tableForm } from '#domains/composition/schema-harvest.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import type { Day } from '#kernel/day.ts';
import type { Actor } from '#platform/access/actor.ts';
import { dayIn } from '../../day.ts';
import { firstSharing, typedIn } from './asked.ts';

/** What is shared: the baskets of the day, not what is sold beside them. */
async function find(actor: Actor, day: Day, produceId: number) {
  const found = await harvestToShare(actor, day, produceId);
  if (!found) error(404, { message: 'Ce produit n’existe pas.' });
  const { products, compositions, row, before, baskets } = found;
  const heldIn = (productId: number) => {
    const own = compositions.filter((one) => one.productId === productId);
    const best = own.find(({ tourId }) => tourId === null) ?? own[0];
    return best?.lines.find((line) => line.produceId === produceId && line.unit === row.unit)?.quantity ?? 0;
  };
  const sizes = products.filter(({ kind }) => kind === 'basket').map((product) => ({ ...product, held: heldIn(product.productId) }));
  const apart = compositions.filter(
    ({ productId, tourId }) => tourId !== null && baskets.some((one) => one.tourId === tourId && one.productId === productId),
  );
  return { sizes, row, before, apart: apart.length };
}

export const load = async (event) => {
  const { actor } = enter(event, 'composition:change');
  const day = dayIn(event);
  const { sizes, row, before, apart } = await find(actor, day, idIn(event.params.produit));
  const asked = event.url.searchParams;
  const computed = asked.has('total');
  const typed = computed ? typedIn(Object.fromEntries(asked), row.unit, sizes) : firstSharing(row.unit, sizes, { ...row, before });
  const { produceId, name, emoji, unit, unitPrice, version } = row;
  return { day, produce: { produceId, name, emoji, unit, unitPrice, version }, sizes, typed, computed, apart };
};

export const actions = {
  default: async (event) => {
    const { actor, garden } = enter(event, 'composition:change');
    const day = dayIn(event);
    const form = await readForm(event, tableForm);
    if (!form.ok) return form.failure;
    const { sizes, row } = await find(actor, day, idIn(event.params.produit));
    const typed = typedIn(form.values, row.unit, sizes);
    const { total, sizes: shared, errors } = readSharing(row.unit, typed);
    if (typed.driver === 'shares' && shared.every(({ share }) => share === 0)) errors.total ??= 'Donnez une part à au moins un panier.';
    const wrong = Object.keys(errors).length;
    if (wrong)
      return fail(422, { values: form.values, errors, message: wrong > 1 ? `${wrong} champs sont à revoir.` : 'Un champ est à revoir.' });
    const version = /^\d{1,9}$/.test(String(form.values.version)) ? Number(form.values.version) : 0;
    const done = await shareHarvest(actor, day, row.produceId, { version, total, unit: row.unit, sizes: shared });
    if (!done.ok) return refused(done, form.values);
    leaveFlash(
      event.cookies,
      done.value.changed ? `${row.name} : c’est dans les paniers.` : `${row.name} : les paniers contenaient déjà cela.`,
    );
    redirect(303, `/gestion/${garden.slug}/recolte/${day}`);
  },
};

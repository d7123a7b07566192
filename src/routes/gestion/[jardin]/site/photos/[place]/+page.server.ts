import { error, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { product } from '#domains/catalogue/index.server.ts';
import { describePhoto, type PhotoTarget, removePhoto, setPhoto, siteOf } from '#domains/site/index.server.ts';
import { photoLabels } from '#domains/site/labels.ts';
import { photoSchema } from '#domains/site/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { visitorOf } from '#platform/access/own.ts';

type Target = Exclude<PhotoTarget, { place: 'article' }>;

/** « cover », « gallery », « panier-12 »: where the photo goes, and what it is called. */
async function targetOf(gardenId: number, text: string): Promise<{ target: Target; label: string; hint: string }> {
  const missing = { message: 'Cette photo n’a pas de place sur les pages.' };
  if (text === 'cover' || text === 'logo' || text === 'about' || text === 'social' || text === 'gallery')
    return { target: { place: text }, ...photoLabels[text] };
  const id = Number(/^panier-(\d{1,9})$/.exec(text)?.[1] ?? error(404, missing));
  const found = (await product(visitorOf(gardenId, 'catalogue:read'), id)) ?? error(404, missing);
  return { target: { place: 'basket', productId: id }, label: found.name, hint: photoLabels.basket.hint };
}

export const load = async (event) => {
  const { actor, garden } = enter(event, 'site:change');
  const { target, label, hint } = await targetOf(actor.gardenId, event.params.place);
  const { photos } = (await siteOf(garden.slug))!;
  return {
    label,
    hint,
    several: target.place === 'gallery',
    photos: photos.filter(
      ({ place, productId }) => place === target.place && productId === (target.place === 'basket' ? target.productId : null),
    ),
  };
};

const oneOf = z.object({ id: z.coerce.number().int().min(1), alt: z.string().trim().max(160).default('') });

export const actions = {
  enregistrer: async (event) => {
    const { actor, garden } = enter(event, 'site:change');
    const { target } = await targetOf(actor.gardenId, event.params.place);
    const form = await readForm(event, photoSchema);
    if (!form.ok) return form.failure;
    const done = await setPhoto(actor, target, new Uint8Array(await form.value.photo.arrayBuffer()), form.value.alt);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, 'La photo est en place.');
    redirect(303, `/gestion/${garden.slug}/site/photos${target.place === 'gallery' ? '/gallery' : ''}`);
  },
  decrire: async (event) => {
    const { actor, garden } = enter(event, 'site:change');
    const form = await readForm(event, oneOf);
    if (!form.ok) return form.failure;
    const done = await describePhoto(actor, form.value.id, form.value.alt);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, 'La description est enregistrée.');
    redirect(303, `/gestion/${garden.slug}/site/photos/${event.params.place}`);
  },
  retirer: async (event) => {
    const { actor, garden } = enter(event, 'site:change');
    const form = await readForm(event, oneOf);
    if (!form.ok) return form.failure;
    const done = await removePhoto(actor, form.value.id);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, 'La photo est retirée.');
    redirect(303, `/gestion/${garden.slug}/site/photos/${event.params.place}`);
  },
};

import { error, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { produce, removeProducePhoto, setProducePhoto } from '#domains/produce/index.server.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'catalogue:change');
  const found = (await produce(actor, idIn(event.params.id), today)) ?? error(404, { message: 'Ce produit n’existe pas.' });
  return { produce: { id: found.id, name: found.name, photo: found.photo } };
};

const shownPhoto = z.object({ shown: z.string().min(1) });
const photoForm = z.object({ photo: z.instanceof(File, { error: 'Choisissez une photo.' }) });

export const actions = {
  enregistrer: async (event) => {
    const { actor, garden } = enter(event, 'catalogue:change');
    const form = await readForm(event, photoForm);
    if (!form.ok) return form.failure;
    const id = idIn(event.params.id);
    const done = await setProducePhoto(actor, id, new Uint8Array(await form.value.photo.arrayBuffer()));
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, 'La photo est enregistrée.');
    redirect(303, `/gestion/${garden.slug}/produits/${id}`);
  },
  retirer: async (event) => {
    const { actor, garden } = enter(event, 'catalogue:change');
    const form = await readForm(event, shownPhoto);
    if (!form.ok) return form.failure;
    const id = idIn(event.params.id);
    const done = await removeProducePhoto(actor, id, form.value.shown);
    if (!done.ok) return refused(done);
    leaveFlash(event.cookies, 'La photo est retirée.');
    redirect(303, `/gestion/${garden.slug}/produits/${id}`);
  },
};

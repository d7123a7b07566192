import { error, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { addPhoto, removeWorkshopPhoto, workshopPage, workshopPhotos } from '#domains/workshops/index.server.ts';
import { photoSchema } from '#domains/workshops/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readAnd, readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'workshops:change');
  const id = idIn(event.params.id);
  const [found, photos] = await Promise.all([workshopPage(actor, id, today), workshopPhotos(actor, id)]);
  if (!found) error(404, { message: 'Cet atelier n’existe pas.' });
  return { title: found.workshop.title, photos, parties: found.enrolments.map(({ id: value, name, agreed }) => ({ value, name, agreed })) };
};

export const actions = {
  ajouter: async (event) => {
    const { actor } = enter(event, 'workshops:change');
    const form = await readForm(event, photoSchema);
    if (!form.ok) return form.failure;
    const { photo, ...said } = form.value;
    const done = await addPhoto(actor, idIn(event.params.id), { content: new Uint8Array(await photo.arrayBuffer()), ...said });
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, 'La photo est gardée.');
    redirect(303, event.url.pathname);
  },
  retirer: async (event) => {
    const { actor } = enter(event, 'workshops:change');
    const failed = await readAnd(event, z.object({ photo: z.coerce.number().int().positive() }), ({ photo }) =>
      removeWorkshopPhoto(actor, photo),
    );
    if (failed) return failed;
    leaveFlash(event.cookies, 'La photo est retirée.');
    redirect(303, event.url.pathname);
  },
};

import { error, redirect } from '@sveltejs/kit';
import { articleRecord, removePhoto, setPhoto } from '#domains/site/index.server.ts';
import { photoSchema } from '#domains/site/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';

export const load = async (event) => {
  const { actor } = enter(event, 'site:change');
  const found = (await articleRecord(actor, idIn(event.params.id))) ?? error(404, { message: 'Cet article n’existe pas.' });
  const { id, title, photo } = found;
  return { article: { id, title, photo } };
};

export const actions = {
  enregistrer: async (event) => {
    const { actor, garden } = enter(event, 'site:change');
    const articleId = idIn(event.params.id);
    const form = await readForm(event, photoSchema);
    if (!form.ok) return form.failure;
    if (!(await articleRecord(actor, articleId))) error(404, { message: 'Cet article n’existe pas.' });
    const done = await setPhoto(
      actor,
      { place: 'article', articleId },
      new Uint8Array(await form.value.photo.arrayBuffer()),
      form.value.alt,
    );
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, 'La photo est en place.');
    redirect(303, `/gestion/${garden.slug}/site/actualites/${articleId}`);
  },
  retirer: async (event) => {
    const { actor, garden } = enter(event, 'site:change');
    const articleId = idIn(event.params.id);
    const found = await articleRecord(actor, articleId);
    if (found?.photo) await removePhoto(actor, found.photo.id);
    leaveFlash(event.cookies, 'La photo est retirée.');
    redirect(303, `/gestion/${garden.slug}/site/actualites/${articleId}`);
  },
};

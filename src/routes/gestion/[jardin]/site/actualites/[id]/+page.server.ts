import { error, redirect } from '@sveltejs/kit';
import { archiveArticle, articleRecord, changeArticle } from '#domains/site/index.server.ts';
import { articleSchema } from '#domains/site/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'site:read');
  const article = (await articleRecord(actor, idIn(event.params.id))) ?? error(404, { message: 'Cet article n’existe pas.' });
  return { article, online: article.published && !article.archived && article.publishedOn <= today, mayChange: can(actor, 'site:change') };
};

export const actions = {
  enregistrer: async (event) => {
    const { actor, garden } = enter(event, 'site:change');
    const form = await readForm(event, articleSchema);
    if (!form.ok) return form.failure;
    const id = idIn(event.params.id);
    const done = await changeArticle(actor, id, form.value);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, 'L’article est enregistré.');
    redirect(303, `/gestion/${garden.slug}/site/actualites/${id}`);
  },
  archiver: async (event) => {
    const { actor, garden } = enter(event, 'site:change');
    const done = await archiveArticle(actor, idIn(event.params.id), true);
    if (!done.ok) return refused(done);
    leaveFlash(event.cookies, 'L’article est mis de côté : on ne le voit plus sur vos pages.');
    redirect(303, `/gestion/${garden.slug}/site/actualites`);
  },
  restore: async (event) => {
    const { actor, garden } = enter(event, 'site:change');
    const id = idIn(event.params.id);
    const done = await archiveArticle(actor, id, false);
    if (!done.ok) return refused(done);
    leaveFlash(event.cookies, 'L’article est de retour.');
    redirect(303, `/gestion/${garden.slug}/site/actualites/${id}`);
  },
};

import { redirect } from '@sveltejs/kit';
import { createArticle } from '#domains/site/index.server.ts';
import { articleSchema } from '#domains/site/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';

export const load = (event) => {
  const { today } = enter(event, 'site:change');
  return { values: { title: '', summary: '', body: '', publishedOn: today, published: true } };
};

export const actions = {
  default: async (event) => {
    const { actor, garden } = enter(event, 'site:change');
    const form = await readForm(event, articleSchema);
    if (!form.ok) return form.failure;
    const made = await createArticle(actor, form.value);
    if (!made.ok) return refused(made, form.values);
    leaveFlash(event.cookies, 'L’article est enregistré. Une photo, peut-être ?');
    redirect(303, `/gestion/${garden.slug}/site/actualites/${made.value.id}`);
  },
};

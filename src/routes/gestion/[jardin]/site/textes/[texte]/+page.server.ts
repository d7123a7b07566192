import { error, redirect } from '@sveltejs/kit';
import { restoreText, saveText, siteTexts, toHtml } from '#domains/site/index.server.ts';
import { longest, type TextKey, textKeys } from '#domains/site/rules/texts.ts';
import { textSchema } from '#domains/site/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { can } from '#platform/access/actor.ts';

const keyIn = (text: string): TextKey => textKeys.find((key) => key === text) ?? error(404, { message: 'Ce texte n’existe pas.' });

export const load = async (event) => {
  const { actor, garden } = enter(event, 'site:read');
  const key = keyIn(event.params.texte);
  const text = (await siteTexts(actor)).find((one) => one.key === key)!;
  return {
    text,
    longest: longest[key],
    html: key === 'tagline' ? null : toHtml(text.body, { base: `/jardins/${garden.slug}` }),
    mayChange: can(actor, 'site:change'),
  };
};

export const actions = {
  enregistrer: async (event) => {
    const { actor, garden } = enter(event, 'site:change');
    const key = keyIn(event.params.texte);
    const form = await readForm(event, textSchema(key));
    if (!form.ok) return form.failure;
    const done = await saveText(actor, key, form.value.version, form.value.body);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, 'Le texte est enregistré.');
    redirect(303, `/gestion/${garden.slug}/site/textes/${key}`);
  },
  apercu: async (event) => {
    const { garden } = enter(event, 'site:change');
    const form = await readForm(event, textSchema(keyIn(event.params.texte)));
    if (!form.ok) return form.failure;
    return { values: form.values, errors: {}, message: '', preview: toHtml(form.value.body, { base: `/jardins/${garden.slug}` }) };
  },
  retablir: async (event) => {
    const { actor, garden } = enter(event, 'site:change');
    const key = keyIn(event.params.texte);
    const done = await restoreText(actor, key);
    if (!done.ok) return refused(done);
    leaveFlash(event.cookies, 'Le texte de départ est de retour.');
    redirect(303, `/gestion/${garden.slug}/site/textes/${key}`);
  },
};

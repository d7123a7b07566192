import { error, fail, redirect } from '@sveltejs/kit';
import { previewText, restoreText, saveText, textPage } from '#domains/messages/index.server.ts';
import { isEvent } from '#domains/messages/rules/events.ts';
import { textForm } from '#domains/messages/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { can } from '#platform/access/actor.ts';

const named = (texte: string) => (isEvent(texte) ? texte : error(404, { message: 'Ce texte n’existe pas.' }));

export const load = async (event) => {
  const { actor, garden } = enter(event, 'messages:read');
  return {
    base: `/gestion/${garden.slug}/messages`,
    text: await textPage(actor, named(event.params.texte)),
    mayChange: can(actor, 'messages:change'),
  };
};

export const actions = {
  enregistrer: async (event) => {
    const { actor, garden } = enter(event, 'messages:change');
    const form = await readForm(event, textForm);
    if (!form.ok) return form.failure;
    const { version, client: _, ...values } = form.value;
    const saved = await saveText(actor, named(event.params.texte), version, values);
    if (!saved.ok) return refused(saved, form.values);
    leaveFlash(event.cookies, 'Le texte est enregistré.');
    redirect(303, `/gestion/${garden.slug}/messages/textes`);
  },
  /** What is typed, on a customer: nothing is kept. */
  apercu: async (event) => {
    const { actor } = enter(event, 'messages:read');
    const form = await readForm(event, textForm);
    if (!form.ok) return form.failure;
    const { version: _, client, ...values } = form.value;
    const letter = await previewText(actor, named(event.params.texte), values, client);
    if (!letter.ok) return refused(letter, form.values);
    // Not refused: the form comes back as it was typed, with the letter under it.
    return fail(200, { values: form.values, errors: {} as Record<string, string>, message: '', letter: letter.value });
  },
  origine: async (event) => {
    const { actor } = enter(event, 'messages:change');
    const restored = await restoreText(actor, named(event.params.texte));
    if (!restored.ok) return refused(restored);
    leaveFlash(event.cookies, 'Le texte d’origine est revenu. Le vôtre reste dans l’historique.');
    redirect(303, event.url.pathname);
  },
};

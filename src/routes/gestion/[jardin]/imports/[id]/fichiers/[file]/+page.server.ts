import { error, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { fileColumns, settleFile } from '#domains/imports/index.server.ts';
import { type Kind, kinds } from '#domains/imports/rules/model.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';

const kindIn = (text: unknown): Kind | undefined => kinds.find((kind) => kind === text);

export const load = async (event) => {
  const { actor, garden } = enter(event, 'imports:change');
  const found = await fileColumns(actor, idIn(event.params.id), idIn(event.params.file), kindIn(event.url.searchParams.get('contenu')));
  if (!found.ok) error(404, { message: found.reason });
  return { base: `/gestion/${garden.slug}/imports`, file: found.value };
};

/** One field of the form per field of the kind, named by its key; an empty one is a field the file does not hold. */
const columnsForm = z.looseObject({ contenu: z.string() });

export const actions = {
  default: async (event) => {
    const { actor, garden, today } = enter(event, 'imports:change');
    const form = await readForm(event, columnsForm);
    if (!form.ok) return form.failure;
    const { contenu, ...mapping } = form.value;
    const settled = await settleFile(actor, idIn(event.params.id), idIn(event.params.file), { kind: contenu, mapping }, { today });
    if (!settled.ok) return refused(settled, form.values);
    leaveFlash(event.cookies, 'C’est noté, et retenu pour vos prochains fichiers aux mêmes colonnes.');
    redirect(303, `/gestion/${garden.slug}/imports/${event.params.id}`);
  },
};

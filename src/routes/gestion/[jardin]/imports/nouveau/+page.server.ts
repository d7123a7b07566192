import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { proposeImport } from '#domains/imports/index.server.ts';
import { enter } from '#edge/enter.ts';
import { readForm, refused } from '#edge/forms.ts';

export const load = (event) => {
  const { garden, today } = enter(event, 'imports:change');
  // From November on, what gardens import is the season to come.
  const year = Number(today.slice(0, 4)) + (today.slice(5, 7) >= '11' ? 1 : 0);
  return { base: `/gestion/${garden.slug}/imports`, year };
};

const importForm = z.object({
  files: z.array(z.instanceof(File)),
  year: z.coerce.number().int().min(2000, 'Donnez une année, par exemple 2025.').max(2100, 'Donnez une année, par exemple 2025.'),
  name: z.string().trim().max(100).default(''),
});

export const actions = {
  default: async (event) => {
    const { actor, garden, today } = enter(event, 'imports:change');
    const form = await readForm(event, importForm);
    if (!form.ok) return form.failure;
    const { files, year, name } = form.value;
    // A browser sends an empty file without a name when none was chosen.
    const chosen = files.filter((file) => file.name !== '');
    const given = await Promise.all(chosen.map(async (file) => ({ name: file.name, content: new Uint8Array(await file.arrayBuffer()) })));
    const proposed = await proposeImport(actor, { files: given, year, name }, { today });
    if (!proposed.ok) return refused(proposed, form.values);
    redirect(303, `/gestion/${garden.slug}/imports/${proposed.value.batchId}`);
  },
};

import { randomUUID } from 'node:crypto';
import { redirect } from '@sveltejs/kit';
import { accountingChoices, writeEntry } from '#domains/accounting/index.server.ts';
import { entryForm, entryIn, fewestLines, mostLines } from '#domains/accounting/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { type FormValues, readForm, refused } from '#edge/forms.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'accounting:change');
  return { ...(await accountingChoices(actor)), today, key: randomUUID(), lines: linesOf(event.url.searchParams) };
};

/** `?lignes=12`: how many lines the form has room for. */
const linesOf = (params: URLSearchParams) => Math.min(mostLines, Math.max(fewestLines, Number(params.get('lignes')) || 0));

export const actions = {
  ecrire: async (event) => {
    const { actor, garden, today } = enter(event, 'accounting:change');
    const lines = linesOf(event.url.searchParams);
    const form = await readForm(event, entryForm(lines));
    if (!form.ok) return form.failure;
    const given = entryIn(form.value, lines);
    const done = await writeEntry(actor, given, today);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, `L’écriture ${given.journal} ${done.value.number} est enregistrée.`);
    redirect(303, `/gestion/${garden.slug}/comptabilite/ecritures/${done.value.id}`);
  },
  /** More lines, with all that was typed. */
  plus: async (event) => {
    enter(event, 'accounting:change');
    const values: FormValues = {};
    for (const [name, value] of await event.request.formData()) if (typeof value === 'string') values[name] = value;
    return { values, errors: {}, message: '' };
  },
};

import { fail, redirect } from '@sveltejs/kit';
import { harvestDay, saveTally } from '#domains/composition/index.server.ts';
import { readTally, tableForm } from '#domains/composition/schema-harvest.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { can } from '#platform/access/actor.ts';
import { dayIn } from '../day.ts';

export const load = async (event) => {
  const { actor } = enter(event, 'composition:read');
  const day = dayIn(event);
  const { products, rows, needs } = await harvestDay(actor, day);
  const listed = rows.map((row) => ({
    ...row,
    expected: needs
      .filter((need) => need.produceId === row.produceId && need.unit === row.unit)
      .reduce((sum, { quantity }) => sum + quantity, 0),
  }));
  const counts = (row: (typeof listed)[number]) =>
    row.expected > 0 || row.available !== null || row.picked !== null || row.packed !== null || row.lost !== null;
  return { day, products, rows: listed.filter(counts), mayChange: can(actor, 'composition:change') };
};

export const actions = {
  default: async (event) => {
    const { actor, garden } = enter(event, 'composition:change');
    const day = dayIn(event);
    const form = await readForm(event, tableForm);
    if (!form.ok) return form.failure;
    const { rows, errors } = readTally(form.values);
    const wrong = Object.keys(errors).length;
    if (wrong)
      return fail(422, { values: form.values, errors, message: wrong > 1 ? `${wrong} cases sont à revoir.` : 'Une case est à revoir.' });
    const done = await saveTally(actor, day, rows);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, done.value.changed ? 'C’est enregistré.' : 'Rien n’avait changé.');
    redirect(303, `/gestion/${garden.slug}/recolte/${day}/bilan`);
  },
};

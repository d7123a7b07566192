import { fail, redirect } from '@sveltejs/kit';
import { harvestDay, saveAvailability } from '#domains/composition/index.server.ts';
import { readAvailability, tableForm } from '#domains/composition/schema-harvest.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { can } from '#platform/access/actor.ts';
import { dayIn } from './day.ts';

export const load = async (event) => {
  const { actor } = enter(event, 'composition:read');
  const day = dayIn(event);
  const { products, rows, needs } = await harvestDay(actor, day);
  const month = Number(day.slice(5, 7));
  const listed = rows.map((row) => ({
    ...row,
    needed: needs
      .filter((need) => need.produceId === row.produceId && need.unit === row.unit)
      .reduce((sum, { quantity }) => sum + quantity, 0),
    inSeason: row.months.length === 0 || row.months.includes(month),
  }));
  const shown = listed.filter((row) => row.available !== null || row.useUp || row.mustHave || row.needed > 0);
  const others = listed.filter((row) => !shown.includes(row) && !row.archived);
  return { day, products, shown, others, mayChange: can(actor, 'composition:change') };
};

export const actions = {
  default: async (event) => {
    const { actor, garden } = enter(event, 'composition:change');
    const day = dayIn(event);
    const form = await readForm(event, tableForm);
    if (!form.ok) return form.failure;
    const { rows, errors } = readAvailability(form.values);
    const wrong = Object.keys(errors).length;
    if (wrong)
      return fail(422, {
        values: form.values,
        errors,
        message: wrong > 1 ? `${wrong} quantités sont à revoir.` : 'Une quantité est à revoir.',
      });
    const done = await saveAvailability(actor, day, rows);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, done.value.changed ? 'C’est enregistré.' : 'Rien n’avait changé.');
    redirect(303, `/gestion/${garden.slug}/recolte/${day}`);
  },
};

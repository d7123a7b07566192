import { error, redirect } from '@sveltejs/kit';
import { assignTasks, packingDay } from '#domains/preparation/index.server.ts';
import { taskField } from '#domains/preparation/labels-packing.ts';
import { tasksForm, who } from '#domains/preparation/schema-packing.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { dayAsked } from '../day.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'preparation:change');
  const day = await dayAsked(event, actor, today);
  const found = await packingDay(actor, day, today);
  if (!found) error(404, { message: 'Rien ne se prépare ce jour-là.' });
  return {
    day,
    tours: found.tours.map(({ deliveryId, code, name, color, due, stops, tasks }) => {
      const used = new Set(stops.flatMap(({ cells }) => cells.map((cell) => cell.productId)));
      const said = (productId: number | null) => tasks.find((task) => task.productId === productId)?.who ?? '';
      return {
        ...{ deliveryId, code, name, color, due },
        fields: [
          { name: taskField(null), label: 'Toute la tournée', value: said(null) },
          ...found.products
            .filter(({ id }) => used.has(id))
            .map(({ id, name: kind }) => ({ name: taskField(id), label: kind, value: said(id) })),
        ],
      };
    }),
    /** What was written already, to be picked instead of typed. */
    known: [...new Set(found.tours.flatMap((tour) => tour.tasks.map((task) => task.who)))].sort(),
  };
};

export const actions = {
  default: async (event) => {
    const { actor, garden } = enter(event, 'preparation:change');
    const form = await readForm(event, tasksForm);
    if (!form.ok) return form.failure;
    const { deliveryId, ...typed } = form.value;
    const errors: Record<string, string> = {};
    const tasks = Object.entries(typed).flatMap(([name, value]) => {
      const product = /^who-(tout|[1-9]\d{0,14})$/.exec(name)?.[1];
      if (!product) return [];
      const read = who.safeParse(value);
      if (!read.success) errors[name] = read.error.issues[0]!.message;
      const was = typed[name.replace('who-', 'was-')];
      return [{ productId: product === 'tout' ? null : Number(product), who: read.data ?? '', was: typeof was === 'string' ? was : '' }];
    });
    if (Object.keys(errors).length > 0)
      return refused({ ok: false, reason: 'Un champ est à revoir : regardez l’indication en couleur.', fields: errors }, form.values);
    const done = await assignTasks(actor, deliveryId, tasks);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, 'C’est noté.');
    redirect(303, `/gestion/${garden.slug}/preparation/${event.params.jour}/qui`);
  },
};

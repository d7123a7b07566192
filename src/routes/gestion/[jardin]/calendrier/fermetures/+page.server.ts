import { error, fail, redirect } from '@sveltejs/kit';
import { changeDeliveries, closingYear, type DeliveriesChanged, planClosings } from '#domains/preparation/index.server.ts';
import { type ClosingsForm, closingsForm } from '#domains/preparation/schema.ts';
import { sayWritten } from '#domains/subscriptions/labels-told.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { type FormValues, readForm, refused } from '#edge/forms.ts';
import { type Day, weekOf } from '#kernel/day.ts';
import { refuse } from '#kernel/outcome.ts';
import type { Actor } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'logistics:change');
  const year = event.url.searchParams.get('annee') ?? '';
  const asked = event.url.searchParams.get('tournee') ?? '';
  const tour = /^\d{1,12}$/.test(asked) ? Number(asked) : null;
  const view = await closingYear(actor, /^20\d\d$/.test(year) ? Number(year) : weekOf(today).year, tour, today);
  if (tour !== null && !view.tours.some(({ id }) => id === tour)) error(404, { message: 'Cette tournée n’existe pas.' });
  return { ...view, tour };
};

/** What the form would do, and the difference it makes. `seen`: what the person looked at, sent back with the confirmation. */
async function preview(actor: Actor, form: ClosingsForm, values: FormValues, today: Day, notice = '') {
  const planned = await planClosings(actor, form, today);
  if (!planned.ok) return refused(planned, values);
  if (!planned.value) return refused(refuse('Aucune semaine ne change : cochez celles à fermer, décochez celles à rouvrir.'), values);
  const { name, weeks, changes } = planned.value;
  const told = await changeDeliveries(actor, changes, { name, today, mode: 'preview', tell: { word: form.word ?? '' } });
  if (!told.ok) return refused(told, values);
  const difference: DeliveriesChanged | null = told.value;
  return { values, notice, preview: { name, weeks, difference, seen: JSON.stringify(changes) } };
}

export const actions = {
  apercu: async (event) => {
    const { actor, today } = enter(event, 'logistics:change');
    const form = await readForm(event, closingsForm);
    return form.ok ? await preview(actor, form.value, form.values, today) : form.failure;
  },
  /** Back to the boxes, as they were ticked. */
  revenir: async (event) => {
    enter(event, 'logistics:change');
    const form = await readForm(event, closingsForm);
    return form.ok ? { values: form.values } : fail(422, { values: {} });
  },
  appliquer: async (event) => {
    const { actor, garden, today } = enter(event, 'logistics:change');
    const form = await readForm(event, closingsForm);
    if (!form.ok) return form.failure;
    const calendar = `/gestion/${garden.slug}/calendrier?annee=${form.value.year}`;
    const planned = await planClosings(actor, form.value, today);
    if (!planned.ok) return refused(planned, form.values);
    // Sent twice: the first time has done it all.
    if (!planned.value) redirect(303, calendar);
    const { name, changes } = planned.value;
    if (JSON.stringify(changes) !== form.value.seen)
      return await preview(actor, form.value, form.values, today, 'Voici ce que donnent vos derniers choix. Rien n’est encore fait.');
    const done = await changeDeliveries(actor, changes, {
      name,
      today,
      mode: 'apply',
      ...(form.value.tell && { tell: { word: form.value.word ?? '' } }),
    });
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, `C’est fait : ${name}.${sayWritten(done.value)} Pour revenir en arrière, ouvrez « Opérations ».`);
    redirect(303, calendar);
  },
};

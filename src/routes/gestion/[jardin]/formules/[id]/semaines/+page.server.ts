import { error, redirect } from '@sveltejs/kit';
import { plan } from '#domains/plans/index.server.ts';
import { sayWeeks, typedWeeks } from '#domains/plans/rules/weeks.ts';
import { weeksForm } from '#domains/plans/schema.ts';
import { changePlanWeeks } from '#domains/subscriptions/index.server.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'catalogue:change');
  const found = await plan(actor, idIn(event.params.id), today);
  if (!found) error(404, { message: 'Cette formule n’existe pas.' });
  const { id, name, version, weeks, subscriptions } = found;
  return { plan: { id, name, version, weeks: typedWeeks(weeks), said: sayWeeks(weeks), subscriptions } };
};

export const actions = {
  apercu: async (event) => {
    const { actor, today } = enter(event, 'catalogue:change');
    const form = await readForm(event, weeksForm);
    if (!form.ok) return form.failure;
    const told = await changePlanWeeks(actor, idIn(event.params.id), form.value, { today, mode: 'preview' });
    if (!told.ok) return refused(told, form.values);
    if (!told.value) return refused({ ok: false, reason: 'Ce sont déjà ses semaines : rien ne change.' }, form.values);
    return { values: form.values, preview: { difference: told.value, said: sayWeeks(form.value.weeks) } };
  },

  appliquer: async (event) => {
    const { actor, garden, today } = enter(event, 'catalogue:change');
    const form = await readForm(event, weeksForm);
    if (!form.ok) return form.failure;
    const id = idIn(event.params.id);
    const done = await changePlanWeeks(actor, id, form.value, { today, mode: 'apply' });
    if (!done.ok) return refused(done, form.values);
    // Nothing is told when it was sent twice: the first time has done it, and said so.
    if (done.value)
      leaveFlash(event.cookies, `C’est fait : ${sayWeeks(form.value.weeks)}. Pour revenir en arrière, ouvrez « Opérations ».`);
    redirect(303, `/gestion/${garden.slug}/formules/${id}`);
  },
};

import { randomUUID } from 'node:crypto';
import { redirect } from '@sveltejs/kit';
import { advanceRun, previewRun, runChoices, startRun } from '#domains/billing/index.server.ts';
import { runName } from '#domains/billing/labels-runs.ts';
import { runAsked, runForm } from '#domains/billing/schema-runs.ts';
import { lastOfMonth } from '#domains/plans/rules/rhythm.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readAsked, readForm, refused } from '#edge/forms.ts';
import { addDays } from '#kernel/day.ts';

/** Of so many customers the page waits for the end; beyond, the queue goes on. */
const STEPS = 8;

export const load = async (event) => {
  const { actor, today } = enter(event, 'billing:change');
  const params = event.url.searchParams;
  const choices = await runChoices(actor);
  const asked = params.has('voir') ? readAsked(params, runAsked) : null;
  const wrong = asked && !asked.ok ? asked.failure.data : null;
  const value = asked?.ok ? asked.value : null;
  const preview = value && (await previewRun(actor, { until: value.jusqua, filters: value }));
  const until = value?.jusqua ?? today;
  const day = choices.earliest && choices.earliest > today ? choices.earliest : today;
  return {
    choices,
    /** What was asked, for the form that does it: refused, it is shown again. */
    query: new URLSearchParams([...params].filter(([name]) => !name.startsWith('/'))).toString(),
    wrong,
    preview,
    asked: value,
    typed: asked ? (asked.ok ? asked.values : asked.failure.data.values) : Object.fromEntries(params),
    proposed: {
      jusqua: until,
      nom: runName(until, lastOfMonth(until)),
      date: day,
      echeance: addDays(day, choices.paymentDays),
      cle: randomUUID(),
    },
  };
};

export const actions = {
  facturer: async (event) => {
    const { actor, garden } = enter(event, 'billing:change');
    const form = await readForm(event, runForm);
    if (!form.ok) return form.failure;
    const { nom, jusqua, date, echeance, cle, ...filters } = form.value;
    const begun = await startRun(actor, { name: nom, until: jusqua, day: date, dueOn: echeance, filters, key: cle });
    if (!begun.ok) return refused(begun, form.values);
    const { id } = begun.value;
    const progress = await advanceRun(actor, id, STEPS);
    if (progress?.state === 'done') leaveFlash(event.cookies, `« ${nom} » est terminée.`);
    redirect(303, `/gestion/${garden.slug}/facturation/${id}`);
  },
};

import { redirect } from '@sveltejs/kit';
import { changeDeliveries, type HolidayChoice, holidaysToCome, planHolidays } from '#domains/preparation/index.server.ts';
import { fateField, type HolidaysForm, holidaysForm } from '#domains/preparation/schema.ts';
import { sayWritten } from '#domains/subscriptions/labels-told.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { type FormValues, readForm, refused } from '#edge/forms.ts';
import { type Day, dayOfWeek, weekOf, weeksInYear } from '#kernel/day.ts';
import { type Actor, can } from '#platform/access/actor.ts';

const lastDay = (year: number) => dayOfWeek({ year, week: weeksInYear(year) }, 7);

export const load = async (event) => {
  const { actor, today } = enter(event, 'logistics:read');
  const asked = event.url.searchParams.get('annee') ?? '';
  const current = weekOf(today).year;
  const year = /^20\d\d$/.test(asked) ? Math.min(Math.max(Number(asked), current), current + 2) : current;
  const found = await holidaysToCome(actor, lastDay(year), today);
  const ofYear = <T extends { year: number }>(one: T) => one.year === year;
  return {
    year,
    current,
    asked: found.asked.filter(({ delivery }) => ofYear(delivery)),
    decided: found.decided.filter(ofYear),
    mayChange: can(actor, 'logistics:change'),
  };
};

/** The choices of the form: only deliveries with a choice, of a known shape. */
function choicesIn(form: Record<string, unknown>): HolidayChoice[] {
  return Object.entries(form).flatMap(([name, choice]) => {
    const id = /^choice-(\d{1,12})$/.exec(name)?.[1];
    const version = Number(form[`version-${id}`]);
    const fate = fateField.safeParse(form[`fate-${id}`]);
    const known = typeof choice === 'string' && /^(later|same|closed|20\d\d-\d\d-\d\d)$/.test(choice);
    return id && known && Number.isInteger(version) ? [{ id: Number(id), version, choice, fate: fate.success ? fate.data : '' }] : [];
  });
}

async function preview(actor: Actor, form: HolidaysForm, values: FormValues, today: Day, notice = '') {
  const planned = await planHolidays(actor, choicesIn(form), today);
  if (!planned.ok) return refused(planned, values);
  const { name, changes } = planned.value;
  const told = await changeDeliveries(actor, changes, { name, today, mode: 'preview', tell: { word: form.word ?? '' } });
  if (!told.ok) return refused(told, values);
  return { values, notice, preview: { name, difference: told.value, seen: JSON.stringify(changes) } };
}

export const actions = {
  apercu: async (event) => {
    const { actor, today } = enter(event, 'logistics:change');
    const form = await readForm(event, holidaysForm);
    return form.ok ? await preview(actor, form.value, form.values, today) : form.failure;
  },
  appliquer: async (event) => {
    const { actor, garden, today } = enter(event, 'logistics:change');
    const form = await readForm(event, holidaysForm);
    if (!form.ok) return form.failure;
    const planned = await planHolidays(actor, choicesIn(form.value), today);
    if (!planned.ok) return refused(planned, form.values);
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
    if (done.value)
      leaveFlash(event.cookies, `C’est fait : ${name}.${sayWritten(done.value)} Pour revenir en arrière, ouvrez « Opérations ».`);
    redirect(303, `/gestion/${garden.slug}/calendrier/feries?annee=${form.value.year}`);
  },
};

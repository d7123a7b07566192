import { redirect } from '@sveltejs/kit';
import { type Closed, closeMonth, closeYear, setYearDays } from '#domains/accounting/index.server.ts';
import { lastDay, type Month, monthOf, monthsBetween, nextMonth } from '#domains/accounting/rules/months.ts';
import { monthForm, yearDaysForm, yearForm } from '#domains/accounting/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readAnd, readForm, refused } from '#edge/forms.ts';
import { can } from '#platform/access/actor.ts';
import { askedPeriod } from '../period.ts';

/** Months since the first entry that are over and open, oldest first. */
const openMonths = (first: string | null, closed: string | null, today: string): Month[] =>
  first === null
    ? []
    : monthsBetween(closed ? nextMonth(monthOf(closed)) : monthOf(first), monthOf(today)).filter((month) => lastDay(month) < today);

export const load = async (event) => {
  const { actor, today } = enter(event, 'accounting:read');
  const { years, current, span } = await askedPeriod(actor, event.url.searchParams, today);
  return { years, current, span, today, open: openMonths(span.first, span.closed, today), mayChange: can(actor, 'accounting:change') };
};

type Asked = { kind: 'month'; month: string } | { kind: 'year'; endsOn: string };

const said = ({ months, result }: Closed): string =>
  months.length === 0 && !result ? 'C’était déjà clôturé.' : months.length > 1 ? `${months.length} mois sont clôturés.` : 'C’est clôturé.';

export const actions = {
  mois: async (event) => {
    const { actor, garden, today } = enter(event, 'accounting:change');
    const form = await readForm(event, monthForm);
    if (!form.ok) return form.failure;
    const { month, confirmed } = form.value;
    const done = await closeMonth(actor, month, { today, mode: confirmed ? 'apply' : 'preview' });
    if (!done.ok) return refused(done, form.values);
    if (!confirmed) return { values: form.values, preview: { ...done.value, asked: { kind: 'month', month } as Asked } };
    leaveFlash(event.cookies, said(done.value));
    redirect(303, `/gestion/${garden.slug}/comptabilite/clotures`);
  },
  exercice: async (event) => {
    const { actor, garden, today } = enter(event, 'accounting:change');
    const form = await readForm(event, yearForm);
    if (!form.ok) return form.failure;
    const { endsOn, confirmed } = form.value;
    const done = await closeYear(actor, endsOn, { today, mode: confirmed ? 'apply' : 'preview' });
    if (!done.ok) return refused(done, form.values);
    if (!confirmed) return { values: form.values, preview: { ...done.value, asked: { kind: 'year', endsOn } as Asked } };
    leaveFlash(event.cookies, 'L’exercice est clôturé, le suivant est ouvert.');
    redirect(303, `/gestion/${garden.slug}/comptabilite/clotures`);
  },
  dates: async (event) => {
    const { actor, garden } = enter(event, 'accounting:change');
    const wrong = await readAnd(event, yearDaysForm, (value) => setYearDays(actor, value));
    if (wrong) return wrong;
    leaveFlash(event.cookies, 'Les dates de l’exercice sont enregistrées.');
    redirect(303, `/gestion/${garden.slug}/comptabilite/clotures`);
  },
};

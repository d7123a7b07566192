import { redirect } from '@sveltejs/kit';
import { closeMonth, payList } from '#domains/employees/index.server.ts';
import { monthBefore, nextMonth, sayMonth } from '#domains/employees/rules/deduct.ts';
import { monthSchema } from '#domains/employees/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { formatEuros } from '#kernel/money.ts';
import { can } from '#platform/access/actor.ts';
import { monthAsked } from './month.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'employees:read');
  const month = monthAsked(event.url, today);
  const begun = month <= today;
  return {
    ...{ month, begun, before: monthBefore(month).slice(0, 7), after: begun ? nextMonth(month).slice(0, 7) : null },
    list: await payList(actor, month),
    mayChange: can(actor, 'employees:change'),
    opensCustomers: can(actor, 'customers:read'),
  };
};

export const actions = {
  default: async (event) => {
    const { actor, garden, today } = enter(event, 'employees:change');
    const form = await readForm(event, monthSchema);
    if (!form.ok) return form.failure;
    const { month } = form.value;
    const done = await closeMonth(actor, month, today);
    if (!done.ok) return refused(done, form.values);
    const { lines, cents } = done.value;
    leaveFlash(
      event.cookies,
      lines
        ? `${sayMonth(month)} est arrêté : ${formatEuros(cents)} pour ${lines} personne${lines > 1 ? 's' : ''}. Donnez la liste à la paie.`
        : `${sayMonth(month)} était déjà arrêté.`,
    );
    redirect(303, `/gestion/${garden.slug}/paniers-salaries?mois=${month.slice(0, 7)}`);
  },
};

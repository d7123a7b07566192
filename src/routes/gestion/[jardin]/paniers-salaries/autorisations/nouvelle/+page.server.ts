import { redirect } from '@sveltejs/kit';
import { noteAgreement } from '#domains/employees/index.server.ts';
import { monthOf, nextMonth } from '#domains/employees/rules/deduct.ts';
import { ruleOn } from '#domains/employees/rules/law.ts';
import { agreementSchema } from '#domains/employees/schema.ts';
import { chooseCustomer } from '#edge/choose-customer.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'employees:change');
  return {
    today,
    startsOn: nextMonth(monthOf(today)),
    rule: ruleOn(today),
    ...(await chooseCustomer(actor, event.url.searchParams, today)),
  };
};

export const actions = {
  default: async (event) => {
    const { actor, garden, today } = enter(event, 'employees:change');
    const form = await readForm(event, agreementSchema);
    if (!form.ok) return form.failure;
    const made = await noteAgreement(actor, form.value, today);
    if (!made.ok) return refused(made, form.values);
    leaveFlash(event.cookies, 'L’autorisation est notée. Elle compte dans la liste du mois où elle commence.');
    redirect(303, `/gestion/${garden.slug}/paniers-salaries/autorisations`);
  },
};

import { redirect } from '@sveltejs/kit';
import { customerList, customerToChange } from '#domains/customers/index.server.ts';
import { noteAgreement } from '#domains/employees/index.server.ts';
import { monthOf, nextMonth } from '#domains/employees/rules/deduct.ts';
import { ruleOn } from '#domains/employees/rules/law.ts';
import { agreementSchema } from '#domains/employees/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idAsked } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'employees:change');
  const asked = event.url.searchParams;
  const searches = can(actor, 'customers:read');
  const chosen = searches ? idAsked(asked.get('client')) : undefined;
  const search = searches ? (asked.get('q') ?? '').trim() : '';
  const customer = chosen ? ((await customerToChange(actor, chosen))?.customer.values ?? null) : null;
  const found =
    search && !customer
      ? (await customerList(actor, today, { search, sort: 'nom', direction: 'asc', page: 1, perPage: 20, filters: {} })).rows
      : [];
  return {
    ...{ search, searches, today, startsOn: nextMonth(monthOf(today)), rule: ruleOn(today) },
    customer: customer && { id: chosen!, name: `${customer.firstName} ${customer.lastName}`.trim() },
    found: found.map(({ id, number, lastName, firstName, city }) => ({ id, number, name: `${lastName} ${firstName}`.trim(), city })),
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

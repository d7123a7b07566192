import { randomUUID } from 'node:crypto';
import { error, redirect } from '@sveltejs/kit';
import { issueInvoice, newInvoice } from '#domains/billing/index.server.ts';
import { documentKinds } from '#domains/billing/labels-documents.ts';
import { invoiceForm } from '#domains/billing/schema-documents.ts';
import { type CustomerRow, customerList } from '#domains/customers/index.server.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idAsked } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'billing:change');
  const { searchParams } = event.url;
  const home = `/gestion/${garden.slug}`;
  const common = { home, base: `${home}/factures`, search: (searchParams.get('q') ?? '').trim() };
  const customer = idAsked(searchParams.get('client'));
  if (customer) {
    const start = await newInvoice(actor, customer, today);
    if (!start) error(404, 'Ce client n’existe pas dans votre jardin.');
    return { ...common, start: { ...start, key: randomUUID() }, found: null };
  }
  let found: CustomerRow[] | null = null;
  if (common.search && can(actor, 'customers:read')) {
    const asked = { search: common.search, sort: 'nom', direction: 'asc', page: 1, perPage: 20, filters: {} } as const;
    found = (await customerList(actor, today, asked)).rows;
  }
  return { ...common, start: null, found };
};

export const actions = {
  default: async (event) => {
    const { actor, garden } = enter(event, 'billing:change');
    const form = await readForm(event, invoiceForm);
    if (!form.ok) return form.failure;
    const made = await issueInvoice(actor, form.value);
    if (!made.ok) return refused(made, form.values);
    leaveFlash(event.cookies, `${documentKinds[made.value.kind]} ${made.value.number} : c’est fait.`);
    redirect(303, `/gestion/${garden.slug}/factures/${made.value.id}`);
  },
};

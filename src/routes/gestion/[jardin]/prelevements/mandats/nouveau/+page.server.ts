import { error, redirect } from '@sveltejs/kit';
import { createMandate, mandateForm } from '#domains/banking/index.server.ts';
import { mandateForm as schema } from '#domains/banking/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idAsked } from '#edge/id.ts';

/** `?client=12`: the mandate of that one; else the customer is looked for first (`?q=`). */
export const load = async (event) => {
  const { actor, today } = enter(event, 'payments:change');
  const customer = idAsked(event.url.searchParams.get('client')) ?? null;
  const search = (event.url.searchParams.get('q') ?? '').trim().slice(0, 100);
  const found = await mandateForm(actor, customer, search);
  if (customer !== null && !found.customer) error(404, { message: 'Ce client n’existe pas.' });
  return { ...found, search, today };
};

export const actions = {
  default: async (event) => {
    const { actor, garden, today } = enter(event, 'payments:change');
    const form = await readForm(event, schema);
    if (!form.ok) return form.failure;
    const { evidence, evidenceNote, scan, once, payByDebit, ...values } = form.value;
    const bytes = scan?.size ? new Uint8Array(await scan.arrayBuffer()) : null;
    const proof = { evidence, note: evidenceNote, scan: bytes };
    const made = await createMandate(actor, { ...values, once: once === 'yes', payByDebit: payByDebit === 'yes', proof }, today);
    if (!made.ok) return refused(made, form.values);
    leaveFlash(event.cookies, `Le mandat ${made.value.reference} est enregistré.`);
    redirect(303, `/gestion/${garden.slug}/prelevements/mandats/${made.value.id}`);
  },
};

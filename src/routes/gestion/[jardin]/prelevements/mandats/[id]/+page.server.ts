import { error, redirect } from '@sveltejs/kit';
import { addProof, changeMandateAccount, changeMandateReference, endMandate, mandate } from '#domains/banking/index.server.ts';
import { accountChangeForm, mandateEndForm, proofForm, referenceChangeForm } from '#domains/banking/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';

/** `?changer=compte|reference|fin|preuve` opens that form. */
export const load = async (event) => {
  const { actor, today } = enter(event, 'payments:read');
  const found = await mandate(actor, idIn(event.params.id), today);
  if (!found) error(404, { message: 'Ce mandat n’existe pas.' });
  return { mandate: found, today, mayChange: can(actor, 'payments:change') };
};

export const actions = {
  account: async (event) => {
    const { actor, garden, today } = enter(event, 'payments:change');
    const id = idIn(event.params.id);
    const form = await readForm(event, accountChangeForm);
    if (!form.ok) return form.failure;
    const changed = await changeMandateAccount(actor, id, form.value, today);
    if (!changed.ok) return refused(changed, form.values);
    leaveFlash(event.cookies, 'Le compte est changé. Le mandat reste le même : rien n’est à signer de nouveau.');
    redirect(303, `/gestion/${garden.slug}/prelevements/mandats/${id}`);
  },
  reference: async (event) => {
    const { actor, garden, today } = enter(event, 'payments:change');
    const id = idIn(event.params.id);
    const form = await readForm(event, referenceChangeForm);
    if (!form.ok) return form.failure;
    const changed = await changeMandateReference(actor, id, form.value, today);
    if (!changed.ok) return refused(changed, form.values);
    leaveFlash(event.cookies, 'La référence est changée.');
    redirect(303, `/gestion/${garden.slug}/prelevements/mandats/${id}`);
  },
  end: async (event) => {
    const { actor, garden } = enter(event, 'payments:change');
    const id = idIn(event.params.id);
    const form = await readForm(event, mandateEndForm);
    if (!form.ok) return form.failure;
    const ended = await endMandate(actor, id, form.value);
    if (!ended.ok) return refused(ended, form.values);
    leaveFlash(event.cookies, 'Le mandat est terminé : ce client ne sera plus prélevé après ce jour.');
    redirect(303, `/gestion/${garden.slug}/prelevements/mandats/${id}`);
  },
  proof: async (event) => {
    const { actor, garden } = enter(event, 'payments:change');
    const id = idIn(event.params.id);
    const form = await readForm(event, proofForm);
    if (!form.ok) return form.failure;
    const { evidence, evidenceNote, scan } = form.value;
    const bytes = scan?.size ? new Uint8Array(await scan.arrayBuffer()) : null;
    const kept = await addProof(actor, id, { evidence, note: evidenceNote, scan: bytes });
    if (!kept.ok) return refused(kept, form.values);
    leaveFlash(event.cookies, 'La preuve est gardée avec le mandat.');
    redirect(303, `/gestion/${garden.slug}/prelevements/mandats/${id}`);
  },
};

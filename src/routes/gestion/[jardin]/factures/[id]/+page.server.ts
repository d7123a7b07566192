import { error, redirect } from '@sveltejs/kit';
import { documentPage, sendDocument } from '#domains/billing/index.server.ts';
import { sendForm } from '#domains/billing/schema-documents.ts';
import { documentLeft } from '#domains/payments/index.server.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden } = enter(event, 'billing:read');
  const document = await documentPage(actor, idIn(event.params.id));
  if (!document) error(404, 'Cette facture n’existe pas dans votre jardin.');
  const home = `/gestion/${garden.slug}`;
  const left = await documentLeft(actor, document.customerId, document.id);
  return { document, left, mayPay: can(actor, 'payments:change'), home, base: `${home}/factures`, mayChange: can(actor, 'billing:change') };
};

export const actions = {
  envoyer: async (event) => {
    const { actor, garden } = enter(event, 'billing:change');
    const id = idIn(event.params.id);
    const form = await readForm(event, sendForm);
    if (!form.ok) return form.failure;
    const done = await sendDocument(actor, id, form.value);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, done.value.again ? 'Ce document est déjà parti.' : `Le document part à l’adresse ${form.value.to}.`);
    redirect(303, `/gestion/${garden.slug}/factures/${id}`);
  },
};

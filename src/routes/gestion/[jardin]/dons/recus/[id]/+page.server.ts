import { error, redirect } from '@sveltejs/kit';
import { cancelReceipt, markReceiptPrinted, receiptPage, sendReceipt } from '#domains/giving/index.server.ts';
import { receiptCancellation, sentForm } from '#domains/giving/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden } = enter(event, 'giving:read');
  const receipt = await receiptPage(actor, idIn(event.params.id));
  if (!receipt) error(404, 'Ce reçu n’existe pas dans votre jardin.');
  const home = `/gestion/${garden.slug}/dons`;
  return { receipt, home, base: `${home}/recus`, mayChange: can(actor, 'giving:change') };
};

export const actions = {
  envoyer: async (event) => {
    const { actor } = enter(event, 'giving:change');
    const form = await readForm(event, sentForm);
    if (!form.ok) return form.failure;
    const sent = await sendReceipt(actor, idIn(event.params.id), form.value.sent);
    if (!sent.ok) return refused(sent, form.values);
    leaveFlash(event.cookies, 'Le reçu part par e-mail.');
    redirect(303, event.url.pathname);
  },
  remis: async (event) => {
    const { actor } = enter(event, 'giving:change');
    const form = await readForm(event, sentForm);
    if (!form.ok) return form.failure;
    const marked = await markReceiptPrinted(actor, idIn(event.params.id), form.value.sent);
    if (!marked.ok) return refused(marked, form.values);
    leaveFlash(event.cookies, 'Le reçu est noté comme remis : imprimé à nouveau, il portera « duplicata ».');
    redirect(303, event.url.pathname);
  },
  annuler: async (event) => {
    const { actor, garden, today } = enter(event, 'giving:change');
    const id = idIn(event.params.id);
    const form = await readForm(event, receiptCancellation);
    if (!form.ok) return form.failure;
    const cancelled = await cancelReceipt(actor, id, form.value, today);
    if (!cancelled.ok) return refused(cancelled, form.values);
    leaveFlash(
      event.cookies,
      cancelled.value.again === null ? 'Le reçu est annulé.' : 'Le reçu est annulé ; en voici un nouveau, qui le remplace.',
    );
    redirect(303, `/gestion/${garden.slug}/dons/recus/${cancelled.value.again ?? id}`);
  },
};

import { error, redirect } from '@sveltejs/kit';
import { cancelGift, giftPage, makeReceipt, receiveGift } from '#domains/giving/index.server.ts';
import { giftCancellation, receivedGift } from '#domains/giving/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'giving:read');
  const gift = await giftPage(actor, idIn(event.params.id), today);
  if (!gift) error(404, 'Ce don n’existe pas dans votre jardin.');
  return {
    ...{ gift, today, home: `/gestion/${garden.slug}`, base: `/gestion/${garden.slug}/dons`, mayChange: can(actor, 'giving:change') },
    sees: { payments: can(actor, 'payments:read'), documents: can(actor, 'billing:read') },
  };
};

export const actions = {
  recevoir: async (event) => {
    const { actor, today } = enter(event, 'giving:change');
    const form = await readForm(event, receivedGift);
    if (!form.ok) return form.failure;
    const received = await receiveGift(actor, idIn(event.params.id), form.value, today);
    if (!received.ok) return refused(received, form.values);
    leaveFlash(event.cookies, 'Le don est reçu. Merci pour lui !');
    redirect(303, event.url.pathname);
  },
  annuler: async (event) => {
    const { actor, today } = enter(event, 'giving:change');
    const form = await readForm(event, giftCancellation);
    if (!form.ok) return form.failure;
    const cancelled = await cancelGift(actor, idIn(event.params.id), form.value.reason, today);
    if (!cancelled.ok) return refused(cancelled, form.values);
    leaveFlash(event.cookies, 'Le don est annulé ; son écriture est reprise.');
    redirect(303, event.url.pathname);
  },
  recu: async (event) => {
    const { actor, garden, today } = enter(event, 'giving:change');
    const made = await makeReceipt(actor, idIn(event.params.id), today);
    if (!made.ok) return refused(made);
    leaveFlash(event.cookies, 'Le reçu fiscal est fait : envoyez-le, ou imprimez-le.');
    redirect(303, `/gestion/${garden.slug}/dons/recus/${made.value.id}`);
  },
};

import { error, redirect } from '@sveltejs/kit';
import { onlinePage, refundOnline, verifyOnline } from '#domains/online/index.server.ts';
import { onlineLabels } from '#domains/online/labels.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden } = enter(event, 'payments:read');
  const payment = await onlinePage(actor, idIn(event.params.id));
  if (!payment) error(404, { message: 'Ce paiement n’existe pas.' });
  return {
    base: `/gestion/${garden.slug}`,
    payment,
    mayChange: can(actor, 'payments:change'),
    opens: { customers: can(actor, 'customers:read'), documents: can(actor, 'billing:read') },
  };
};

export const actions = {
  verifier: async (event) => {
    const { actor, today } = enter(event, 'payments:change');
    const state = await verifyOnline(actor, idIn(event.params.id), today);
    if (!state.ok) return refused(state);
    leaveFlash(
      event.cookies,
      `Le prestataire vient de répondre : ${onlineLabels[state.value].one.toLowerCase()}.`,
      state.value === 'paid' ? 'success' : 'info',
    );
    redirect(303, event.url.pathname);
  },
  rembourser: async (event) => {
    const { actor, today } = enter(event, 'payments:change');
    const done = await refundOnline(actor, idIn(event.params.id), today);
    if (!done.ok) return refused(done);
    leaveFlash(event.cookies, 'Le paiement est rendu au client, et son solde en tient compte.');
    redirect(303, event.url.pathname);
  },
};

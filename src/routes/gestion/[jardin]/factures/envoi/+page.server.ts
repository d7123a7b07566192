import { redirect } from '@sveltejs/kit';
import { documentsToSend, markPrinted, mostPrinted, mostSent, sendWaiting } from '#domains/billing/index.server.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { refused } from '#edge/forms.ts';
import { queryString, say } from '#ui/table.ts';
import { documentsAsked } from '../asked.ts';

export const load = async (event) => {
  const { actor, garden } = enter(event, 'billing:change');
  const query = documentsAsked(event.url.searchParams);
  const base = `/gestion/${garden.slug}/factures`;
  const paper = queryString(query, { filters: { ...query.filters, envoi: 'papier' }, sort: 'client', direction: 'asc' });
  return {
    ...(await documentsToSend(actor, query)),
    base,
    list: base + queryString(query),
    asked: queryString(query),
    paper: `${base}/imprimer${paper}`,
    mostSent,
    mostPrinted,
  };
};

export const actions = {
  envoyer: async (event) => {
    const { actor } = enter(event, 'billing:change');
    const query = documentsAsked(event.url.searchParams);
    const done = await sendWaiting(actor, query);
    if (!done.ok) return refused(done);
    leaveFlash(event.cookies, `${say(done.value.sent, 'facture part', 'factures partent')} par e-mail.`);
    redirect(303, event.url.pathname + queryString(query));
  },
  imprimees: async (event) => {
    const { actor } = enter(event, 'billing:change');
    const query = documentsAsked(event.url.searchParams);
    const done = await markPrinted(actor, { ...query, sort: 'client', direction: 'asc' });
    if (!done.ok) return refused(done);
    leaveFlash(event.cookies, `${say(done.value.printed, 'facture notée comme imprimée', 'factures notées comme imprimées')}.`);
    redirect(303, event.url.pathname + queryString(query));
  },
};

import { redirect } from '@sveltejs/kit';
import { closeAgenda, openAgenda, ownAgenda } from '#domains/account/index.server.ts';
import { enterOwn } from '#edge/enter-own.ts';
import { leaveFlash } from '#edge/flash.ts';
import { refused } from '#edge/forms.ts';
import { config } from '#platform/config.ts';

const french = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeZone: 'Europe/Paris' });

export const load = async (event) => {
  const { own } = await enterOwn(event);
  const agenda = await ownAgenda(own);
  // Whoever has the address sees where she is on delivery days: hers alone, staff are not shown it.
  const address = agenda && own.seenBy === 'customer' ? `${config.publicUrl()}/agenda/${agenda.token}.ics` : null;
  return { since: agenda ? french.format(agenda.since) : null, address };
};

export const actions = {
  ouvrir: async (event) => {
    const { own } = await enterOwn(event);
    const answer = await openAgenda(own);
    if (!answer.ok) return refused(answer);
    leaveFlash(event.cookies, 'Votre adresse d’agenda est prête.');
    redirect(303, event.url.pathname);
  },
  fermer: async (event) => {
    const { own } = await enterOwn(event);
    const answer = await closeAgenda(own);
    if (!answer.ok) return refused(answer);
    leaveFlash(event.cookies, 'Cette adresse ne montre plus rien. Vous pouvez en ouvrir une autre quand vous voulez.');
    redirect(303, event.url.pathname);
  },
};

import { redirect } from '@sveltejs/kit';
import { networkName } from '#domains/network/index.server.ts';
import { networkSite, saveNetworkSite } from '#domains/site/index.server.ts';
import { networkTextsForm } from '#domains/site/schema-map.ts';
import { enterNetwork } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readAnd } from '#edge/forms.ts';
import type { PageServerLoadEvent } from './$types';

export const load = async (event: PageServerLoadEvent) => {
  const { name, email } = enterNetwork(event);
  const { texts, written, version } = await networkSite();
  return {
    network: await networkName(),
    person: { name, email },
    path: event.url.pathname,
    own: event.locals.gardens,
    texts,
    written,
    version,
  };
};

export const actions = {
  save: async (event) => {
    const actor = { userId: enterNetwork(event).id, networkStaff: event.locals.networkStaff };
    const refusal = await readAnd(event, networkTextsForm, (form) => saveNetworkSite(actor, form));
    if (refusal) return refusal;
    leaveFlash(event.cookies, 'Les pages du réseau sont à jour.');
    redirect(303, '/reseau/site');
  },
};

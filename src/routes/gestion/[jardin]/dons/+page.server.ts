import { redirect } from '@sveltejs/kit';
import { campaignList, giftList, settleGifts } from '#domains/giving/index.server.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { can } from '#platform/access/actor.ts';
import { askedOf, giftFilters } from './asked.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'giving:read');
  const query = askedOf(event.url.searchParams);
  const [list, campaigns] = await Promise.all([giftList(actor, query), campaignList(actor)]);
  return {
    base: `/gestion/${garden.slug}/dons`,
    slug: garden.slug,
    query,
    ...list,
    filters: giftFilters(campaigns, Number(today.slice(0, 4))),
    mayChange: can(actor, 'giving:change'),
  };
};

export const actions = {
  // What the night does, now: invoices that were paid, payments online, months that passed.
  actualiser: async (event) => {
    const { actor, today } = enter(event, 'giving:change');
    await settleGifts(actor, today);
    leaveFlash(event.cookies, 'La liste est à jour.');
    redirect(303, event.url.pathname);
  },
};

import { error, redirect } from '@sveltejs/kit';
import { shareInstalments, subscriptionSchedule } from '#domains/billing/index.server.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { onServer } from '#edge/on-server.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'billing:read');
  const schedule = await subscriptionSchedule(actor, idIn(event.params.abo), today);
  if (schedule?.customerId !== idIn(event.params.id))
    error(404, { message: 'Cet abonnement n’existe pas, ou il est réglé depuis longtemps.' });
  return onServer({ base: `/gestion/${garden.slug}`, today, schedule, mayBill: can(actor, 'billing:change') });
};

export const actions = {
  repartir: async (event) => {
    const { actor, today } = enter(event, 'billing:change');
    const shared = await shareInstalments(actor, idIn(event.params.abo), today);
    if (!shared.ok) return refused(shared);
    leaveFlash(event.cookies, 'Les mensualités qui restent sont réparties de nouveau.');
    redirect(303, event.url.pathname);
  },
};

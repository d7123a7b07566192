import { error, redirect } from '@sveltejs/kit';
import { taking, undoTaking } from '#domains/payments/index.server.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden } = enter(event, 'payments:read');
  const found = await taking(actor, idIn(event.params.id));
  if (!found) error(404, { message: 'Ce marché n’existe pas.' });
  return { base: `/gestion/${garden.slug}`, taking: found, mayChange: can(actor, 'payments:change') };
};

export const actions = {
  annuler: async (event) => {
    const { actor, today } = enter(event, 'payments:change');
    const undone = await undoTaking(actor, idIn(event.params.id), today);
    if (!undone.ok) return refused(undone);
    leaveFlash(event.cookies, 'Le marché est annulé : ni ses ventes ni ses règlements ne comptent plus.');
    redirect(303, event.url.pathname);
  },
};

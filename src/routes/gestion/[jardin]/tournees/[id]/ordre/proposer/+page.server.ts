import { error, redirect } from '@sveltejs/kit';
import { acceptedOrderForm } from '#domains/logistics/schema.ts';
import { acceptOrder, proposedOrder } from '#domains/preparation/index.server.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'logistics:change');
  const found = await proposedOrder(actor, idIn(event.params.id), today);
  return { order: found ?? error(404, { message: 'Cette tournée n’existe plus.' }) };
};

export const actions = {
  default: async (event) => {
    const { actor, garden, today } = enter(event, 'logistics:change');
    const form = await readForm(event, acceptedOrderForm);
    if (!form.ok) return form.failure;
    const done = await acceptOrder(actor, idIn(event.params.id), form.value, today);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(
      event.cookies,
      'Le nouvel ordre est enregistré. Les prochaines feuilles le suivront. Il peut être annulé dans « Opérations ».',
    );
    redirect(303, `/gestion/${garden.slug}/tournees/${event.params.id}/ordre`);
  },
};

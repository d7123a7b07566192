import { error, redirect } from '@sveltejs/kit';
import { reorderStops } from '#domains/logistics/index.server.ts';
import { orderForm } from '#domains/logistics/schema.ts';
import { tourBoard } from '#domains/preparation/index.server.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { readOrder } from '#ui/order.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'logistics:change');
  const id = idIn(event.params.id);
  const tour = (await tourBoard(actor, today)).find((one) => one.id === id);
  if (!tour) error(404, { message: 'Cette tournée n’existe plus.' });
  return { tour };
};

export const actions = {
  default: async (event) => {
    const { actor, garden } = enter(event, 'logistics:change');
    const form = await readForm(event, orderForm);
    if (!form.ok) return form.failure;
    const { version, order, move } = form.value;
    const sent = order.map(String);
    const wanted = readOrder({ order: sent, move }, sent).map(Number);
    const id = idIn(event.params.id);
    const done = await reorderStops(actor, id, version, wanted);
    if (!done.ok) return refused(done, form.values);
    if (!done.value.taken) return { conflict: done.value };
    // A button moves one stop: the person goes on here. With drag and drop the whole order is sent at once.
    if (!move) leaveFlash(event.cookies, 'Le nouvel ordre est enregistré. Les prochaines feuilles le suivront.');
    redirect(303, `/gestion/${garden.slug}/tournees${move ? `/${id}/ordre` : ''}`);
  },
};

import { error, redirect } from '@sveltejs/kit';
import { changeDeliveries, changingDelivery, planDelivery } from '#domains/preparation/index.server.ts';
import { type DeliveryForm, deliveryForm } from '#domains/preparation/schema.ts';
import { sayWritten } from '#domains/subscriptions/labels-told.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { type FormValues, readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import type { Day } from '#kernel/day.ts';
import { refuse } from '#kernel/outcome.ts';
import type { Actor } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'logistics:change');
  const delivery = await changingDelivery(actor, idIn(event.params.id), today);
  return { delivery: delivery ?? error(404, { message: 'Cette livraison n’existe pas.' }) };
};

/** What the form would do. `seen`: what the person looked at, sent back with the confirmation. */
async function preview(actor: Actor, id: number, form: DeliveryForm, values: FormValues, today: Day, notice = '') {
  const planned = await planDelivery(actor, id, form, today);
  if (!planned.ok) return refused(planned, values);
  if (!planned.value) return refused(refuse('Rien ne change : c’est déjà ainsi.'), values);
  const { name, change } = planned.value;
  const told = await changeDeliveries(actor, [change], { name, today, mode: 'preview', tell: { word: form.word ?? '' } });
  if (!told.ok) return refused(told, values);
  return { values, notice, preview: { name, difference: told.value, seen: JSON.stringify(change) } };
}

export const actions = {
  apercu: async (event) => {
    const { actor, today } = enter(event, 'logistics:change');
    const form = await readForm(event, deliveryForm);
    return form.ok ? await preview(actor, idIn(event.params.id), form.value, form.values, today) : form.failure;
  },
  appliquer: async (event) => {
    const { actor, garden, today } = enter(event, 'logistics:change');
    const form = await readForm(event, deliveryForm);
    if (!form.ok) return form.failure;
    const id = idIn(event.params.id);
    const page = `/gestion/${garden.slug}/livraisons/${id}`;
    const planned = await planDelivery(actor, id, form.value, today);
    if (!planned.ok) return refused(planned, form.values);
    // Sent twice: the first time has done it.
    if (!planned.value) redirect(303, page);
    const { name, change } = planned.value;
    if (JSON.stringify(change) !== form.value.seen)
      return await preview(actor, id, form.value, form.values, today, 'Voici ce que donne votre dernier choix. Rien n’est encore fait.');
    const done = await changeDeliveries(actor, [change], {
      name,
      today,
      mode: 'apply',
      ...(form.value.tell && { tell: { word: form.value.word ?? '' } }),
    });
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, `C’est fait : ${name}.${sayWritten(done.value)} Pour revenir en arrière, ouvrez « Opérations ».`);
    redirect(303, page);
  },
};

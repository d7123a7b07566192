import { error, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { acceptOffer, declineOffer, leaveWaiting, offerPlace, waitingRecord } from '#domains/subscriptions/index.server.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { sayDay } from '#kernel/day.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'subscriptions:read');
  const record = await waitingRecord(actor, idIn(event.params.id), today);
  if (!record) error(404, { message: 'Cette demande n’existe pas dans votre jardin.' });
  const wished = new Set(record.entry.wishes.map((wish) => wish.slotId));
  return {
    entry: record.entry,
    offerUntil: record.offerUntil,
    agreed: record.agreed,
    // A place may be offered elsewhere than where it was wished.
    others: record.slots.filter(({ id }) => !wished.has(id)).map(({ id, label }) => ({ value: id, label })),
    mayChange: can(actor, 'subscriptions:change'),
    opensCustomers: can(actor, 'customers:read'),
  };
};

const tick = z.preprocess((value) => value === 'on', z.boolean());
const orNothing = <T extends z.ZodType>(type: T) =>
  z.preprocess((value) => (value === '' || value === undefined ? null : value), type.nullable());
const offerForm = z.object({
  creneau: z.coerce.number({ error: 'Choisissez un dépôt.' }).int().min(1, 'Choisissez un dépôt.'),
  jusqu: z.iso.date(),
  beyond: tick,
});
const acceptForm = z.object({
  debut: orNothing(z.iso.date()),
  fin: orNothing(z.iso.date()),
  nombre: orNothing(z.coerce.number().int().min(1)),
  commence: tick,
  beyond: tick,
});

export const actions = {
  proposer: async (event) => {
    const { actor, garden, today } = enter(event, 'subscriptions:change');
    const form = await readForm(event, offerForm);
    if (!form.ok) return form.failure;
    const { creneau, jusqu, beyond } = form.value;
    const offered = await offerPlace(actor, { entryId: idIn(event.params.id), slotId: creneau, until: jusqu, beyond }, today);
    if (!offered.ok) return refused(offered, form.values);
    leaveFlash(
      event.cookies,
      offered.value.written
        ? `La place est gardée jusqu’au ${sayDay(jusqu)}, et un message part par e-mail.`
        : `La place est gardée jusqu’au ${sayDay(jusqu)}. Cette personne n’a pas d’e-mail : appelez-la.`,
    );
    redirect(303, `/gestion/${garden.slug}/attente`);
  },
  accepter: async (event) => {
    const { actor, garden, today } = enter(event, 'subscriptions:change');
    const form = await readForm(event, acceptForm);
    if (!form.ok) return form.failure;
    const { debut, fin, nombre, commence, beyond } = form.value;
    const taken = await acceptOffer(
      actor,
      { entryId: idIn(event.params.id), startsOn: debut, endsOn: fin, basketCount: nombre, already: commence, beyond },
      today,
    );
    if (!taken.ok) return refused(taken, form.values);
    leaveFlash(event.cookies, 'L’abonnement est créé : la personne quitte la liste d’attente.');
    redirect(303, `/gestion/${garden.slug}/clients/${taken.value.customerId}`);
  },
  refuser: async (event) => {
    const { actor, garden, today } = enter(event, 'subscriptions:change');
    const declined = await declineOffer(actor, idIn(event.params.id), today);
    if (!declined.ok) return refused(declined);
    leaveFlash(event.cookies, 'La place est libérée. La personne attend toujours, à son rang.');
    redirect(303, `/gestion/${garden.slug}/attente`);
  },
  retirer: async (event) => {
    const { actor, garden, today } = enter(event, 'subscriptions:change');
    const left = await leaveWaiting(actor, idIn(event.params.id), today);
    if (!left.ok) return refused(left);
    leaveFlash(event.cookies, 'La personne n’est plus sur la liste d’attente.');
    redirect(303, `/gestion/${garden.slug}/attente`);
  },
};

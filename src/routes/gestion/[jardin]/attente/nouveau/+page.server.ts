import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { addToWaiting, slotStandings, waitingChoices } from '#domains/subscriptions/index.server.ts';
import { sayStanding } from '#domains/subscriptions/rules/capacity.ts';
import { chooseCustomer } from '#edge/choose-customer.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'subscriptions:change');
  const { searches, search, found, customer: chosen } = await chooseCustomer(actor, event.url.searchParams, today);
  const [{ customer, plans, slots }, standings] = await Promise.all([
    waitingChoices(actor, chosen?.id, today),
    slotStandings(actor, today),
  ]);
  return {
    ...{ customer, searches, search, found },
    plans,
    slots: slots.map(({ id, label }) => {
      const standing = standings[id];
      return { value: id, label: standing && standing.state !== 'free' ? `${label} (${sayStanding(standing)})` : label };
    }),
    today,
  };
};

const choice = z.preprocess((value) => (value === '' || value === undefined ? null : value), z.coerce.number().int().min(1).nullable());
const waitingForm = z.object({
  client: z.coerce.number().int().min(1),
  formule: z.coerce.number({ error: 'Choisissez une formule.' }).int().min(1, 'Choisissez une formule.'),
  frequence: z.enum(['weekly', 'even_weeks', 'odd_weeks', 'first_of_month', 'second_of_month', 'third_of_month', 'fourth_of_month']),
  quantite: z.coerce.number().int().min(1).max(99),
  debut: z.iso.date(),
  choix1: z.coerce.number({ error: 'Choisissez un dépôt.' }).int().min(1, 'Choisissez un dépôt.'),
  choix2: choice,
  choix3: choice,
  choix4: choice,
  note: z.string().trim().max(300),
});

export const actions = {
  default: async (event) => {
    const { actor, garden, today } = enter(event, 'subscriptions:change');
    const form = await readForm(event, waitingForm);
    if (!form.ok) return form.failure;
    const { client, formule, frequence, quantite, debut, note, choix1, choix2, choix3, choix4 } = form.value;
    const added = await addToWaiting(
      actor,
      {
        customerId: client,
        planId: formule,
        frequency: frequence,
        quantity: quantite,
        wishedFrom: debut,
        slotIds: [choix1, choix2, choix3, choix4].filter((slot) => slot !== null),
        note,
      },
      today,
    );
    if (!added.ok) return refused(added, form.values);
    leaveFlash(event.cookies, 'La personne est sur la liste d’attente.');
    redirect(303, `/gestion/${garden.slug}/attente/${added.value.id}`);
  },
};

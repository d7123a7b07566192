import { error, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { type Delivery, delivery } from '#domains/preparation/index.server.ts';
import { deliveryOutcome } from '#domains/rounds/index.server.ts';
import { setDoubledCap } from '#domains/subscriptions/index.server.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readAnd } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';
import { basketFilters, basketsAsked, readBasketQuery } from './asked.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'logistics:read');
  const id = idIn(event.params.id);
  const read = (found: Delivery) => {
    const filters = basketFilters(found);
    return { filters, query: readBasketQuery(event.url.searchParams, filters) };
  };
  const found = await delivery(actor, id, today, (known) => ({
    ...basketsAsked(id, read(known).query),
    // Of a day gone by, nobody knows any more.
    ...(known.head.date >= today && { today }),
  }));
  if (!found) error(404, { message: 'Cette livraison n’existe pas.' });
  const { list, ...rest } = found;
  // Before its day there is nothing to tell.
  const told = can(actor, 'rounds:read') && found.head.date <= today ? await deliveryOutcome(actor, id, today) : null;
  return {
    delivery: rest,
    list: list && { ...list, ...read(found) },
    outcome: told,
    mayClose: can(actor, 'rounds:change'),
    prints: can(actor, 'preparation:read'),
    mayChange: can(actor, 'logistics:change'),
    mayAsk: can(actor, 'subscriptions:change'),
    opensCustomers: can(actor, 'customers:read'),
  };
};

const none = z.literal('').transform(() => null);
const capForm = z.object({
  plafond: z.union([none, z.coerce.number({ error: 'Écrivez un nombre, ou rien pour le nombre habituel.' }).int().min(0).max(9999)]),
});

export const actions = {
  doubles: async (event) => {
    const { actor, today } = enter(event, 'subscriptions:change');
    const refusal = await readAnd(event, capForm, ({ plafond }) => setDoubledCap(actor, idIn(event.params.id), plafond, today));
    if (refusal) return refusal;
    leaveFlash(event.cookies, 'Le nombre de paniers doublés est enregistré.');
    redirect(303, `${event.url.pathname}#doubles`);
  },
};

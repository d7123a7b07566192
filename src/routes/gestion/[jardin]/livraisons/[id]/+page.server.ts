import { error } from '@sveltejs/kit';
import { type Delivery, delivery } from '#domains/preparation/index.server.ts';
import { enter } from '#edge/enter.ts';
import { idIn } from '#edge/id.ts';
import { onServer } from '#edge/on-server.ts';
import { can } from '#platform/access/actor.ts';
import { basketFilters, basketsAsked, readBasketQuery } from './asked.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'logistics:read');
  const id = idIn(event.params.id);
  const read = (found: Delivery) => {
    const filters = basketFilters(found);
    return { filters, query: readBasketQuery(event.url.searchParams, filters) };
  };
  const found = await delivery(actor, id, today, (known) => basketsAsked(id, read(known).query));
  if (!found) error(404, { message: 'Cette livraison n’existe pas.' });
  const { list, ...rest } = found;
  return onServer({
    delivery: rest,
    list: list && { ...list, ...read(found) },
    prints: can(actor, 'preparation:read'),
    mayChange: can(actor, 'logistics:change'),
    opensCustomers: can(actor, 'customers:read'),
  });
};

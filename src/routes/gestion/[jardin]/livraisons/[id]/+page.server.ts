import { error } from '@sveltejs/kit';
import { delivery, deliveryBaskets, seesCustomers } from '#domains/preparation/index.server.ts';
import { enter } from '#edge/enter.ts';
import { idIn } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';
import { basketFilters, basketsAsked, readBasketQuery } from './asked.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'logistics:read');
  const id = idIn(event.params.id);
  const found = await delivery(actor, id, today);
  if (!found) error(404, { message: 'Cette livraison n’existe pas.' });
  const filters = basketFilters(found);
  const query = readBasketQuery(event.url.searchParams, filters);
  return {
    delivery: found,
    list: seesCustomers(actor) ? { ...(await deliveryBaskets(actor, basketsAsked(id, query))), query, filters } : null,
    prints: can(actor, 'preparation:read'),
    opensCustomers: can(actor, 'customers:read'),
  };
};

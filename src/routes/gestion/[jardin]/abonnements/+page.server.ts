import { subscriptionList } from '#domains/subscriptions/index.server.ts';
import { enter } from '#edge/enter.ts';
import { can } from '#platform/access/actor.ts';
import { askedOf, subscriptionFilters } from './asked.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'subscriptions:read');
  const query = askedOf(event.url.searchParams);
  const { facets, ...list } = await subscriptionList(actor, today, query);
  return {
    base: `/gestion/${garden.slug}`,
    query,
    ...list,
    filters: subscriptionFilters(facets),
    opensCustomers: can(actor, 'customers:read'),
  };
};

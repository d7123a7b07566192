import { paymentList } from '#domains/payments/index.server.ts';
import { enter } from '#edge/enter.ts';
import { can } from '#platform/access/actor.ts';
import { askedOf, paymentFilters } from './asked.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'payments:read');
  const query = askedOf(event.url.searchParams);
  const { methods, ...list } = await paymentList(actor, today, query);
  return {
    base: `/gestion/${garden.slug}`,
    slug: garden.slug,
    query,
    ...list,
    filters: paymentFilters(methods),
    mayChange: can(actor, 'payments:change'),
  };
};

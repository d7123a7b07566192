import { agedBalances } from '#domains/receivables/index.server.ts';
import { enter } from '#edge/enter.ts';
import { can } from '#platform/access/actor.ts';
import { askedOf } from './asked.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'billing:read');
  const query = askedOf(event.url.searchParams);
  return {
    base: `/gestion/${garden.slug}`,
    query,
    ...(await agedBalances(actor, today, query)),
    opens: can(actor, 'customers:read'),
  };
};

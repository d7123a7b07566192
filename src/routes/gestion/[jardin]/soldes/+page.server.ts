import { balances } from '#domains/receivables/index.server.ts';
import { enter } from '#edge/enter.ts';
import { can } from '#platform/access/actor.ts';
import { askedOf } from './asked.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'billing:read');
  const query = askedOf(event.url.searchParams);
  const base = `/gestion/${garden.slug}`;
  return {
    base,
    query,
    ...(await balances(actor, today, query)),
    mayRemind: can(actor, 'payments:change'),
    opens: can(actor, 'customers:read'),
  };
};

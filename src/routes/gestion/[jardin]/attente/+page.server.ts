import { waitingList } from '#domains/subscriptions/index.server.ts';
import { enter } from '#edge/enter.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'subscriptions:read');
  return {
    entries: await waitingList(actor, today),
    mayChange: can(actor, 'subscriptions:change'),
    opensCustomers: can(actor, 'customers:read'),
  };
};

import { bankAccounts } from '#domains/banking/index.server.ts';
import { enter } from '#edge/enter.ts';
import { onServer } from '#edge/on-server.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor } = enter(event, 'payments:read');
  return onServer({ accounts: await bankAccounts(actor), mayChange: can(actor, 'payments:change') });
};

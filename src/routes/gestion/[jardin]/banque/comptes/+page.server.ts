import { bankAccounts } from '#domains/banking/index.server.ts';
import { enter } from '#edge/enter.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor } = enter(event, 'payments:read');
  return { accounts: await bankAccounts(actor), mayChange: can(actor, 'payments:change') };
};

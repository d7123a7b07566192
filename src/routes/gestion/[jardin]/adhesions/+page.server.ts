import { membershipTypes } from '#domains/billing/index.server.ts';
import { enter } from '#edge/enter.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'billing:read');
  return { ...(await membershipTypes(actor, today)), mayChange: can(actor, 'billing:change') };
};

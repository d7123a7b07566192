import { returnables } from '#domains/billing/index.server.ts';
import { enter } from '#edge/enter.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor } = enter(event, 'billing:read');
  return { ...(await returnables(actor)), mayChange: can(actor, 'billing:change') };
};

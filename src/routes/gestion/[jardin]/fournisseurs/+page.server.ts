import { suppliers } from '#domains/produce/index.server.ts';
import { enter } from '#edge/enter.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor } = enter(event, 'catalogue:read');
  return { suppliers: await suppliers(actor), mayChange: can(actor, 'catalogue:change') };
};

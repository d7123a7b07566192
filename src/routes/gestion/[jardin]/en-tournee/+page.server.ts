import { rounds } from '#domains/rounds/index.server.ts';
import { enter } from '#edge/enter.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'rounds:read');
  return { base: `/gestion/${garden.slug}`, today, rounds: await rounds(actor, today), mayClose: can(actor, 'rounds:change') };
};

import { newsletterDays } from '#domains/composition/index.server.ts';
import { enter } from '#edge/enter.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'composition:read');
  return { days: await newsletterDays(actor, today), today, mayChange: can(actor, 'composition:change') };
};

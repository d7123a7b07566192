import { compositionDays } from '#domains/composition/index.server.ts';
import { enter } from '#edge/enter.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'composition:read');
  const days = await compositionDays(actor, today, { coming: 6, past: 8 });
  return { ...days, today, mayChange: can(actor, 'composition:change') };
};

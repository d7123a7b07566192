import { deliveryDays } from '#domains/preparation/index.server.ts';
import { enter } from '#edge/enter.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'logistics:read');
  return {
    coming: await deliveryDays(actor, { from: today, days: 6 }),
    past: await deliveryDays(actor, { before: today, days: 2 }),
    today,
    prints: can(actor, 'preparation:read'),
  };
};

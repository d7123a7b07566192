import { seasons } from '#domains/logistics/index.server.ts';
import { typicalWeek } from '#domains/preparation/index.server.ts';
import { enter } from '#edge/enter.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'logistics:read');
  return { seasons: await seasons(actor), week: await typicalWeek(actor), today, mayChange: can(actor, 'logistics:change') };
};

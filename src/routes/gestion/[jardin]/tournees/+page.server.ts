import { tourBoard } from '#domains/preparation/index.server.ts';
import { enter } from '#edge/enter.ts';
import { onServer } from '#edge/on-server.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'logistics:read');
  return onServer({ tours: await tourBoard(actor, today), today, mayChange: can(actor, 'logistics:change') });
};

import { agreements } from '#domains/employees/index.server.ts';
import { enter } from '#edge/enter.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'employees:read');
  return { rows: await agreements(actor), today, mayChange: can(actor, 'employees:change') };
};

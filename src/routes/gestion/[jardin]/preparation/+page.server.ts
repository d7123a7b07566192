import { preparationDays } from '#domains/preparation/index.server.ts';
import { enter } from '#edge/enter.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'preparation:read');
  return { today, days: await preparationDays(actor, today, 6) };
};

import { planChoices, plans } from '#domains/plans/index.server.ts';
import { enter } from '#edge/enter.ts';
import { can } from '#platform/access/actor.ts';
import { planFilterList, plansAsked, readPlanQuery } from './asked.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'catalogue:read');
  const filters = planFilterList(await planChoices(actor));
  const query = readPlanQuery(event.url.searchParams, filters);
  return { ...(await plans(actor, today, plansAsked(query))), query, filters, mayChange: can(actor, 'catalogue:change') };
};

import { mandates } from '#domains/banking/index.server.ts';
import { enter } from '#edge/enter.ts';
import { can } from '#platform/access/actor.ts';
import { mandateFilters, mandatesAsked, readMandateQuery } from './asked.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'payments:read');
  const query = readMandateQuery(event.url.searchParams);
  return {
    ...(await mandates(actor, today, mandatesAsked(query))),
    query,
    filters: mandateFilters,
    mayChange: can(actor, 'payments:change'),
  };
};

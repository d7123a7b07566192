import { cashForecast } from '#domains/receivables/index.server.ts';
import { enter } from '#edge/enter.ts';
import { countOf } from './count.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'billing:read');
  const count = countOf(event.url.searchParams);
  return { base: `/gestion/${garden.slug}`, today, count, ...(await cashForecast(actor, today, count)) };
};

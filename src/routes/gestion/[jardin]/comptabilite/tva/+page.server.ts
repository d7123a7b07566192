import { vatSummary } from '#domains/accounting/index.server.ts';
import { enter } from '#edge/enter.ts';
import { askedPeriod } from '../period.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'accounting:read');
  const { period, periods } = await askedPeriod(actor, event.url.searchParams, today);
  return { ...(await vatSummary(actor, period.from, period.until)), period, periods };
};

import { sales } from '#domains/accounting/index.server.ts';
import { enter } from '#edge/enter.ts';
import { askedPeriod } from '../period.ts';
import { axisAsked } from './asked.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'accounting:read');
  const { period, periods } = await askedPeriod(actor, event.url.searchParams, today);
  const axis = axisAsked(event.url.searchParams);
  return { ...(await sales(actor, axis, period.from, period.until)), axis, period, periods };
};

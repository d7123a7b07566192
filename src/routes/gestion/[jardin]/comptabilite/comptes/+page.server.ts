import { balances } from '#domains/accounting/index.server.ts';
import { enter } from '#edge/enter.ts';
import { onServer } from '#edge/on-server.ts';
import { askedPeriod } from '../period.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'accounting:read');
  const { period, periods } = await askedPeriod(actor, event.url.searchParams, today);
  return onServer({ rows: await balances(actor, period), period, periods });
};

import { sql } from 'kysely';
import { chargeLines, owedLinesOn } from '#domains/billing/index.server.ts';
import { type DraftLine, lineAmounts } from '#domains/billing/rules/draft.ts';
import { openItems } from '#domains/payments/index.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { type Expected, type ForecastMonth, forecast, monthsFrom } from '../rules/forecast.ts';
import { paymentsOnTheWay } from './on-the-way.ts';

type Gathered = Pick<Expected, 'debit' | 'open' | 'onTheWay'> & { toBill: Cents[] };
export type Forecast = { months: ForecastMonth[]; late: Cents };

/**
 * Receipts to come for so many months: what is open on accounts, and what would be billed by the end of each month of the baskets, parts and
 * charges that are known today. Baskets are read once for all months; charges by three queries a month, whatever the number of customers.
 */
export function cashForecast(actor: Actor, today: Day, count: number): Promise<Forecast> {
  requireRight(actor, 'billing:read');
  return readInGarden(actor, async (tx) => {
    const months = monthsFrom(today, count);
    const customers = new Map<number, Gathered>();
    const debits = await payingByDebit(tx);
    const onTheWay = await paymentsOnTheWay(tx);
    const of = (id: number) => {
      const known = customers.get(id);
      if (known) return known;
      const one: Gathered = { debit: debits.has(id), open: [], toBill: months.map(() => 0), onTheWay: onTheWay.get(id) ?? [] };
      customers.set(id, one);
      return one;
    };
    for (const [id, { open }] of await openItems(tx, null)) of(id).open = open;
    const baskets = await owedLinesOn(
      tx,
      actor.gardenId,
      months.map(({ until }) => until),
    );
    for (const [at, { until }] of months.entries()) {
      const charges = await chargeLines(tx, actor.gardenId, { until });
      for (const lines of [baskets[at]!, charges]) for (const [id, own] of lines) of(id).toBill[at]! += worth(own);
    }
    return forecast([...customers.values()], months);
  });
}

const worth = (lines: readonly DraftLine[]): Cents => lines.reduce((sum, line) => sum + lineAmounts(line).gross, 0);

async function payingByDebit(tx: Tx): Promise<Set<number>> {
  const { rows } = await sql<{
    id: number;
  }>`select id from customer where garden_id = app_garden() and payment_method = 'direct_debit'`.execute(tx);
  return new Set(rows.map(({ id }) => id));
}

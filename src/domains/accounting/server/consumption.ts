import { consumptionEntries } from '#domains/billing/index.server.ts';
import { post } from '#domains/ledger/index.server.ts';
import type { Cents } from '#kernel/money.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Month } from '../rules/months.ts';

/**
 * Posts what billing says of a month that is closed: baskets paid in advance and delivered become sales (419100 → the product's account).
 * @returns how many entries, and what left the advances, in cents.
 */
export async function consumptionOf(tx: Tx, gardenId: number, month: Month): Promise<{ entries: number; amount: Cents }> {
  const entries = await consumptionEntries(tx, gardenId, month);
  await post(tx, 'OD', entries);
  const moved = entries.flatMap(({ lines }) => lines).filter(({ account }) => account === '419100');
  return { entries: entries.length, amount: moved.reduce((sum, { amount }) => sum + amount, 0) };
}

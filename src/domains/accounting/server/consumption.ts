import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Month } from '../rules/months.ts';

/** What billing posts when a month is closed: baskets that were paid in advance and delivered become sales (419100 → the product's account). */
export async function consumptionOf(_tx: Tx, _gardenId: number, _month: Month, _today: Day): Promise<{ entries: number; amount: Cents }> {
  return { entries: 0, amount: 0 };
}

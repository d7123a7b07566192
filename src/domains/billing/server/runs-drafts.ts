import type { Day } from '#kernel/day.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Draft, DraftLine } from '../rules/draft.ts';
import { chargeLines } from './charges.ts';
import { owedLines } from './owed.ts';

/** All that customers are to be billed up to a day: baskets by their modes, fees of depots, then charges. */
export async function linesToBill(
  tx: Tx,
  gardenId: number,
  asked: { until: Day; customerIds: readonly number[] },
  options: { keep?: boolean } = {},
): Promise<Map<number, DraftLine[]>> {
  const lines = await owedLines(tx, gardenId, asked, options);
  for (const [customer, charges] of await chargeLines(tx, gardenId, asked))
    lines.set(customer, [...(lines.get(customer) ?? []), ...charges]);
  return lines;
}

export type RunToBill = { id: number; name: string; untilOn: Day; day: Day; dueOn: Day };

/** The documents of a run for some of its customers, one each, in the order given. « run:12:345 » is what each is made from: asked twice, issued once. */
export async function draftsOf(tx: Tx, gardenId: number, run: RunToBill, customerIds: readonly number[]): Promise<Draft[]> {
  const lines = await linesToBill(tx, gardenId, { until: run.untilOn, customerIds }, { keep: true });
  return customerIds.flatMap((customer): Draft[] => {
    const own = lines.get(customer);
    if (!own) return [];
    return [{ customer, day: run.day, dueOn: run.dueOn, title: run.name, source: `run:${run.id}:${customer}`, run: run.id, lines: own }];
  });
}

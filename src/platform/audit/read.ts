import { type Actor, can, requireRight } from '#platform/access/actor.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { history, type References } from './history.ts';
import { type TableLabels, type ToldEntry, tellHistory } from './say.ts';

/** The trail of one record of any table, told in French, latest first. One query. */
export function recordHistory(
  actor: Actor,
  table: string,
  id: number,
  told: { labels: TableLabels; references?: References; limit?: number },
): Promise<ToldEntry[]> {
  requireRight(actor, told.labels.right);
  return inGarden(actor, async (tx) => {
    const found = await history(tx, [{ table, ids: [id] }], { references: told.references, limit: told.limit });
    return tellHistory(found, { [table]: told.labels }, (right) => can(actor, right));
  });
}

import { sql } from 'kysely';
import type { Tx } from '#platform/db/index.ts';
import { addCharges, type NewCharge, setWithdrawn } from './charge-commands.ts';

export type KeptCharge = NewCharge & { source: string };

/**
 * Charges of something, as they are to be: those that are wanted stand, and of all others whose source begins with `prefix` none does. What was billed and is
 * not wanted any more comes back with the next document. Asked twice, nothing happens. Within a transaction of the caller's; four statements at most.
 */
export async function keepCharges(tx: Tx, gardenId: number, prefix: string, wanted: readonly KeptCharge[]): Promise<void> {
  const { rows } = await sql<{ id: number; source: string }>`
    select id, source from charge where garden_id = app_garden() and starts_with(source, ${prefix}) for update`.execute(tx);
  const sources = new Set(wanted.map(({ source }) => source));
  const ids = (stands: boolean) => rows.filter(({ source }) => sources.has(source) === stands).map(({ id }) => id);
  await setWithdrawn(tx, ids(false), true);
  await setWithdrawn(tx, ids(true), false);
  const known = new Set(rows.map(({ source }) => source));
  await addCharges(
    tx,
    gardenId,
    wanted.filter(({ source }) => !known.has(source)),
  );
}

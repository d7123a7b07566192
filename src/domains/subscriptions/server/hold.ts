import { sql } from 'kysely';
import type { Tx } from '#platform/db/index.ts';
import type { SubscriptionPreview } from './subscribe.ts';

/**
 * Keeps the place of a sign-up that the garden has to answer, within the transaction of a caller who holds the garden's lock and saw that there is room.
 * @returns the hold, to be given to `subscribeWithin` (`holdId`) or let go.
 */
export async function holdPlace(tx: Tx, gardenId: number, wanted: SubscriptionPreview): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into place_hold (garden_id, plan_id, slot_id, frequency, quantity, basket_count, starts_on, ends_on)
    values (${gardenId}, ${wanted.plan.id}, ${wanted.slot.id}, ${wanted.frequency}, ${wanted.quantity}, ${wanted.basketCount}, ${wanted.startsOn}, ${wanted.endsOn})
    returning id`.execute(tx);
  return rows[0]!.id;
}

/** The place is kept no longer. Nothing may point to the hold any more. */
export async function letGo(tx: Tx, holdId: number): Promise<void> {
  await sql`delete from place_hold where garden_id = app_garden() and id = ${holdId}`.execute(tx);
}

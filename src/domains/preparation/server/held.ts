import { sql } from 'kysely';
import { readSettings } from '#domains/gardens/settings.ts';
import { heldSubscriptions } from '#domains/ledger/index.server.ts';
import type { Day } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { sheetName } from '../rules/sheet-name.ts';

/**
 * Baskets that are held back: their customer owes the garden more than it lets pass, and nobody has let it pass. They are on no sheet and no label, nor on
 * the driver's round; they are told apart, without an amount, to those who prepare.
 */
export type HeldBasket = {
  deliveryId: number;
  subscriptionId: number;
  customerId: number;
  /** As on sheets. */
  name: string;
  order: number;
  depotName: string;
  product: string;
  quantity: number;
};

/** A basket `b` that leaves: SQL for a condition. */
export const leaves = (today: Day) => sql`b.subscription_id <> all(${heldSubscriptions(today)})`;

/** Those of some deliveries, in the order of their stops. One query. */
export async function loadHeld(tx: Tx, deliveryIds: readonly number[], today: Day): Promise<HeldBasket[]> {
  const { rows } = await sql<HeldBasket & { number: string; lastName: string; firstName: string; settings: unknown }>`
    select b.delivery_id as "deliveryId", b.subscription_id as "subscriptionId", c.id as "customerId", c.number, c.last_name as "lastName",
      c.first_name as "firstName", s.stop_order as "order", d.name || case when s.name = '' then '' else ', ' || s.name end as "depotName",
      p.name as product, b.quantity, g.settings
    from basket b
    join garden g on g.id = b.garden_id
    join subscription a on a.garden_id = b.garden_id and a.id = b.subscription_id
    join customer c on c.garden_id = a.garden_id and c.id = a.customer_id
    join slot s on s.garden_id = b.garden_id and s.id = b.slot_id
    join depot d on d.garden_id = s.garden_id and d.id = s.depot_id
    join product p on p.garden_id = b.garden_id and p.id = b.product_id
    where b.garden_id = app_garden() and b.delivery_id = any(${`{${deliveryIds.join()}}`}::bigint[]) and b.subscription_id = any(${heldSubscriptions(today)})
    order by b.delivery_id, s.stop_order, s.id, c.search, b.id`.execute(tx);
  return rows.map(({ number, lastName, firstName, settings, ...row }) => ({
    ...row,
    name: sheetName({ number, lastName, firstName }, readSettings(settings).sheetNames),
  }));
}

/** Baskets held back of a delivery, for its pages. */
export function heldBaskets(actor: Actor, deliveryId: number, today: Day): Promise<HeldBasket[]> {
  requireRight(actor, 'preparation:read');
  return readInGarden(actor, (tx) => loadHeld(tx, [deliveryId], today));
}

import type { PlannedBasket } from './plan.ts';

export type StoredBasket = PlannedBasket & { id: number; subscriptionId: number };
export type NewBasket = PlannedBasket & { subscriptionId: number };

/** What is written, with what stood there before: whoever asked for it may be told. */
export type Difference = { insert: NewBasket[]; update: { before: StoredBasket; after: StoredBasket }[]; remove: StoredBasket[] };

const same = (a: PlannedBasket, b: PlannedBasket) =>
  a.quantity === b.quantity && a.slotId === b.slotId && a.productId === b.productId && a.priceCents === b.priceCents;

/**
 * What has to be written so that the stored baskets are the planned ones. Both lists hold writable deliveries only.
 * @param stored baskets by delivery of one subscription.
 */
export function difference(
  subscriptionId: number,
  planned: PlannedBasket[],
  stored: ReadonlyMap<number, StoredBasket>,
  into: Difference,
): void {
  let kept = 0;
  for (const basket of planned) {
    const before = stored.get(basket.deliveryId);
    if (!before) into.insert.push({ ...basket, subscriptionId });
    else {
      kept++;
      if (!same(before, basket)) into.update.push({ before, after: { ...basket, subscriptionId, id: before.id } });
    }
  }
  if (kept === stored.size) return;
  const wanted = new Set(planned.map((basket) => basket.deliveryId));
  for (const old of stored.values()) if (!wanted.has(old.deliveryId)) into.remove.push(old);
}

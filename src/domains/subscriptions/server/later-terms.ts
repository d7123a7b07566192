import { type Day, dayOfWeek } from '#kernel/day.ts';
import type { Rhythm } from '../rules/frequency.ts';
import type { FullTerms, ViewOfSome } from './asked.ts';

/** Terms to come, from a Monday on; null where nothing changes. */
export type LaterTerms = {
  changeId: number;
  monday: Day;
  plan: string | null;
  receives: { product: string; frequency: Rhythm; quantity: number } | null;
  place: string | null;
  priceCents: number | null;
};

/** What begins after today, each told by what differs from the terms before it. */
export function laterTerms({ terms }: { terms: readonly FullTerms[] }, { today, places, products }: ViewOfSome): LaterTerms[] {
  return terms.flatMap((one, index) => {
    const before = terms[index - 1];
    const monday = before && dayOfWeek({ year: one.fromYear, week: one.fromWeek }, 1);
    if (!before || !monday || monday <= today || one.id === null) return [];
    const receives = one.productId !== before.productId || one.frequency !== before.frequency || one.quantity !== before.quantity;
    return {
      changeId: one.id,
      monday,
      plan: one.planId === before.planId ? null : one.plan,
      receives: receives ? { product: products.get(one.productId) ?? '', frequency: one.frequency, quantity: one.quantity } : null,
      place: one.slotId === before.slotId ? null : (places.get(one.slotId) ?? null),
      priceCents: one.priceCents === before.priceCents ? null : one.priceCents,
    };
  });
}

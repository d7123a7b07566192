import type { Week } from '#kernel/day.ts';
import { type Ask, byHand, type GivenTo } from '../rules/asks.ts';
import { explain } from '../rules/explain.ts';
import type { Place } from '../rules/plan.ts';
import { isWeek, type Standing, type StoredRemedy } from '../rules/requests.ts';
import { termsIn } from '../rules/weeks.ts';
import type { ViewOfSome } from './asked.ts';

/** What is asked for the basket of a week, as people and pages say it: places by their slot, a basket by hand as it is to be. */
export type Wish =
  | { kind: 'cancel'; remedy?: StoredRemedy | 'none' }
  | { kind: 'postpone'; to: Week | null }
  | { kind: 'double' | 'make_up'; quantity: number }
  | { kind: 'gift'; to?: GivenTo }
  | { kind: 'move'; slotId: number | null; until: Week | null }
  | { kind: 'manual'; quantity: number; productId: number; slotId: number; priceCents: number };

/** Kinds that take all the baskets a customer receives that week: a holiday, a neighbour who collects. Others are about one basket. */
export const isShared = (kind: Wish['kind']): boolean => kind !== 'make_up' && kind !== 'manual';

/** The same in the words of the rules; null when the place or the product does not exist, or is no longer used. */
export function asAsk(wish: Wish, from: Week, standing: Standing, view: Pick<ViewOfSome, 'slots' | 'catalogue'>): Ask | null {
  const placed = (slotId: number): Place | null => {
    const found = view.slots.find((slot) => slot.slotId === slotId && !slot.archived);
    return found ? { slotId: found.slotId, tourId: found.tourId } : null;
  };
  if (wish.kind === 'move') {
    const place = wish.slotId === null ? null : placed(wish.slotId);
    return wish.slotId !== null && !place ? null : { kind: 'move', from, place, until: wish.until };
  }
  if (wish.kind !== 'manual') return { ...wish, from };
  const planned = basketOf(from, standing);
  const place = wish.slotId === planned.slotId ? null : placed(wish.slotId);
  const known = place !== null || wish.slotId === planned.slotId;
  const sold = wish.productId === planned.productId || view.catalogue.some((one) => one.id === wish.productId && !one.archived);
  return known && sold ? { kind: 'manual', from, ...byHand({ ...wish, place }, planned) } : null;
}

/** The basket that would be received in a week without any change by hand, or an empty one of the usual kind. */
export function basketOf(week: Week, { subscription, season, requests, served }: Standing) {
  const others = requests.filter((request) => !(request.kind === 'manual' && isWeek(request, week)));
  const line = explain(subscription, season, others, served).lines.find((one) => isWeek(one, week));
  const { quantity, slotId, productId, priceCents } = line ?? { ...termsIn(subscription, week.year, week.week), quantity: 0 };
  return { quantity, slotId, productId, priceCents };
}

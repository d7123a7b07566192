import { isDue } from '#domains/subscriptions/rules/frequency.ts';
import { addDays, type Day, dayOfWeek, weekOf } from '#kernel/day.ts';
import type { Chance } from './random.ts';
import type { DemoDelivery } from './season.ts';
import type { DemoSubscription } from './subscriptions.ts';

/** A row of the table `request`; `subscription` is its place in the list, `asked_on` the day it was made, before today. */
export type DemoRequest = {
  subscription: number;
  kind: 'cancel' | 'postpone' | 'gift' | 'double';
  year: number;
  week: number;
  to_year: number | null;
  to_week: number | null;
  quantity: number | null;
  asked_on: Day;
};

/** Weeks that have requests, counted from this one, with the share of the baskets that somebody asked something for. */
const weeks: [number, number][] = [
  [-4, 0.02],
  [-3, 0.03],
  [-2, 0.03],
  [-1, 0.04],
  [0, 0.06],
  [1, 0.05],
  [2, 0.03],
  [4, 0.02],
  [7, 0.01],
];

/** What those who do not postpone ask for, in turn. */
const other = ['cancel', 'cancel', 'gift', 'cancel', 'double'] as const;

/** Whether the subscription has its usual basket in this delivery of its tour. */
export const hasBasket = (subscription: DemoSubscription, delivery: DemoDelivery): boolean =>
  !delivery.closed &&
  delivery.usualDate >= subscription.starts_on &&
  delivery.usualDate <= subscription.ends_on &&
  isDue(subscription.frequency, delivery);

/**
 * What was asked for the weeks around today: cancellations, now and then a gift or a second basket, and postponements to one of the three
 * weeks that follow, when it is open.
 */
export function inventRequests(
  subscriptions: DemoSubscription[],
  byTour: Map<string, DemoDelivery[]>,
  today: Day,
  luck: Chance,
): DemoRequest[] {
  const monday = dayOfWeek(weekOf(today), 1);
  const found: DemoRequest[] = [];
  for (const [away, share] of weeks) {
    const { year, week } = weekOf(addDays(monday, 7 * away));
    for (const [index, subscription] of subscriptions.entries()) {
      const deliveries = byTour.get(subscription.tour)!;
      const place = deliveries.findIndex((delivery) => delivery.year === year && delivery.week === week);
      const delivery = deliveries[place];
      if (!delivery || !hasBasket(subscription, delivery) || !luck.happens(share)) continue;
      const to = luck.happens(0.6) ? deliveries[place + luck.between(1, 3)] : undefined;
      const target = to && !to.closed && to.usualDate <= subscription.ends_on ? to : undefined;
      const latest = delivery.usualDate < today ? addDays(delivery.usualDate, -3) : addDays(today, -1);
      const kind = target ? 'postpone' : other[found.length % other.length]!;
      found.push({
        subscription: index,
        kind,
        year,
        week,
        to_year: target?.year ?? null,
        to_week: target?.week ?? null,
        quantity: kind === 'postpone' ? subscription.quantity : kind === 'double' ? 1 : null,
        asked_on: addDays(latest, -luck.between(0, 9)),
      });
    }
  }
  // In the order in which they came in.
  return found.sort((a, b) => (a.asked_on < b.asked_on ? -1 : a.asked_on > b.asked_on ? 1 : 0));
}

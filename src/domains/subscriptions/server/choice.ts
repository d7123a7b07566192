import type { Day, Week } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { sayRefusal } from '../labels.ts';
import { judgeAsk } from '../rules/requests.ts';
import { deliveryIn, termsIn } from '../rules/weeks.ts';
import { findSubscriptions, standingOf, type ViewedDelivery, viewOf } from './asked.ts';

/** What can be asked for the basket of a week, for the page that asks it. */
export type BasketChoice = {
  subscriptionId: number;
  customerId: number;
  customer: string;
  product: string;
  depot: string;
  quantity: number;
  date: Day;
  /** Why nothing can be asked; null when something can. */
  refusal: string | null;
  /** Where the basket may be postponed to, with what is received there already. */
  targets: (Week & { date: Day; quantity: number })[];
};

/** Null when the subscription or the delivery does not exist. Two queries. */
export function basketChoice(actor: Actor, subscriptionId: number, week: Week, today: Day): Promise<BasketChoice | null> {
  requireRight(actor, 'subscriptions:change');
  return inGarden(actor, async (tx) => {
    const [subscription] = await findSubscriptions(tx, { id: subscriptionId }, today);
    if (!subscription) return null;
    const view = await viewOf(tx, [subscription], today);
    const standing = standingOf(subscription, view);
    const from = deliveryIn(subscription, view.season, week);
    if (!from) return null;
    const own = (delivery: ViewedDelivery) => deliveryIn(subscription, view.season, delivery)?.id === delivery.id;
    const refusal = judgeAsk({ kind: 'cancel', from: week, to: null }, standing);
    return {
      subscriptionId: subscription.id,
      customerId: subscription.customerId,
      customer: subscription.customer,
      product: subscription.product,
      depot: subscription.depot,
      quantity: termsIn(subscription, week.year, week.week).quantity,
      date: from.date,
      refusal: refusal === 'again' ? 'Ce panier est déjà annulé.' : refusal && sayRefusal(refusal),
      targets: view.deliveries
        .filter((delivery) => delivery.state === 'open' && !delivery.closed && delivery.id !== from.id && own(delivery))
        .map((delivery) => ({
          year: delivery.year,
          week: delivery.week,
          date: delivery.date,
          quantity: delivery.baskets.find((basket) => basket.subscriptionId === subscription.id)?.quantity ?? 0,
        })),
    };
  });
}

import { plansOnOffer } from '#domains/plans/index.server.ts';
import type { Day } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { type PublicPlan, publicPlans } from '../rules/offer.ts';

/** What anybody may subscribe to on a day, in the garden's order. One query. */
export function publicOffer(actor: Actor, today: Day): Promise<PublicPlan[]> {
  requireRight(actor, 'catalogue:read');
  return readInGarden(actor, async (tx) => publicPlans(await plansOnOffer(tx, today)));
}

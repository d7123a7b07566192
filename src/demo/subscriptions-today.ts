import { sql } from 'kysely';
import { changeTerms, endSubscription, subscribe } from '#domains/subscriptions/index.server.ts';
import type { Frequency } from '#domains/subscriptions/rules/frequency.ts';
import { addDays, type Day, dayOfWeek, weekOf } from '#kernel/day.ts';
import type { Outcome } from '#kernel/outcome.ts';
import type { Actor } from '#platform/access/actor.ts';
import { inGarden } from '#platform/db/tenancy.ts';

/** A subscription that runs, of somebody who has no other and asked for nothing; another slot of its tour. */
type Running = {
  id: number;
  version: number;
  customerId: number;
  planId: number;
  slotId: number;
  frequency: Frequency;
  quantity: number;
  elsewhere: number | null;
};

/** What was changed, ended and signed this morning: other terms to come, an end with its notice, one at its term, and new ones. */
export async function workOnSubscriptions(desk: Actor, today: Day): Promise<void> {
  const left = await running(desk, today);
  const [soon, later] = [4, 6].map((weeks) => dayOfWeek(weekOf(addDays(today, 7 * weeks)), 1)) as [Day, Day];
  const terms = ({ id, elsewhere: _, customerId: __, ...one }: Running) => ({
    ...one,
    subscriptionId: id,
    price: 'kept' as const,
    beyond: true,
  });
  await first(left, (one) => changeTerms(desk, { ...terms(one), from: soon, quantity: one.quantity + 1 }, today));
  await first(left, (one) => changeTerms(desk, { ...terms(one), from: later, slotId: one.elsewhere ?? one.slotId }, today));
  const end = (one: Running, how: { on: Day } | 'term', reason: string) =>
    endSubscription(desk, { subscriptionId: one.id, version: one.version, how, reason, others: [] }, today);
  await first(left, (one) => end(one, { on: addDays(today, 30) }, 'Déménagement'));
  await first(left, (one) => end(one, { on: addDays(today, 7) }, 'Horaires ou point de dépôt (ne peut plus passer avant 19 h)'));
  await first(left, (one) => end(one, 'term', 'Potager à la maison'));
  for (const already of [false, false, true]) {
    const sign = ({ customerId, planId, slotId, frequency, id }: Running) =>
      subscribe(
        desk,
        {
          customerId,
          planId,
          slotId,
          frequency,
          quantity: 1,
          basketCount: null,
          startsOn: null,
          endsOn: null,
          beyond: true,
          after: id,
          already,
        },
        today,
      );
    await first(left, sign);
  }
}

/** Does it with the first ones it can be done with: near the end of a year, few can still be changed. */
async function first(left: Running[], act: (one: Running) => Promise<Outcome<unknown>>): Promise<void> {
  for (let one = left.pop(); one; one = left.pop()) if ((await act(one)).ok) return;
}

async function running(actor: Actor, today: Day): Promise<Running[]> {
  const { rows } = await inGarden(actor, (tx) =>
    sql<Running>`
      select s.id, f.version, s.customer_id as "customerId", s.plan_id as "planId", s.slot_id as "slotId", s.frequency, s.quantity,
        (select o.id from slot o join slot mine on mine.garden_id = o.garden_id and mine.id = s.slot_id
          where o.garden_id = s.garden_id and o.tour_id = mine.tour_id and o.id <> s.slot_id and o.archived_at is null order by o.stop_order limit 1) as elsewhere
      from subscription_on(${today}) s
      join subscription f on f.garden_id = s.garden_id and f.id = s.id
      join customer c on c.garden_id = s.garden_id and c.id = s.customer_id and c.archived_at is null
      where s.garden_id = app_garden() and s.starts_on <= ${today} and s.ends_on >= ${today} and s.plan_id is not null and s.basket_count is null
        and not exists (select from subscription o where o.garden_id = s.garden_id and o.customer_id = s.customer_id and o.id <> s.id and o.ends_on >= ${today})
        and not exists (select from request r where r.garden_id = s.garden_id and r.subscription_id = s.id)
      order by s.id desc limit 30`.execute(tx),
  );
  return rows.reverse();
}

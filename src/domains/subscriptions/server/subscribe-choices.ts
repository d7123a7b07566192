import { sql } from 'kysely';
import { type PlanOnOffer, plansOnOffer } from '#domains/plans/index.server.ts';
import type { Day } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { type SlotChoice, slotChoices } from './slot-choices.ts';

/** What can be taken by a customer, for the page that subscribes. */
export type SubscribeChoices = {
  customer: { id: number; name: string; number: string; archived: boolean };
  /** Those open to the customer's category. */
  plans: PlanOnOffer[];
  slots: SlotChoice[];
  /** Where the customer's latest subscription is collected: proposed first. */
  usualSlotId: number | null;
  /** See `SubscribeForm.after`. */
  latest: number;
  memberUntil: Day | null;
};

type Row = SubscribeChoices['customer'] & { category: string } & Pick<SubscribeChoices, 'usualSlotId' | 'latest' | 'memberUntil'>;

/** Null when there is no such customer. Five queries, five more when places are kept. */
export function subscribeChoices(actor: Actor, customerId: number, today: Day): Promise<SubscribeChoices | null> {
  requireRight(actor, 'subscriptions:change');
  return inGarden(actor, async (tx) => {
    const { rows } = await sql<Row>`
      select c.id, trim(c.last_name || ' ' || c.first_name) as name, c.number, c.archived_at is not null as archived, c.category,
        (select s.slot_id from subscription_on(${today}) s where s.garden_id = c.garden_id and s.customer_id = c.id order by s.ends_on desc, s.id desc limit 1) as "usualSlotId",
        coalesce((select max(s.id) from subscription s where s.garden_id = c.garden_id and s.customer_id = c.id), 0) as latest,
        (select max(m.ends_on) from membership m where m.garden_id = c.garden_id and m.customer_id = c.id and m.ends_on >= ${today}) as "memberUntil"
      from customer c where c.garden_id = app_garden() and c.id = ${customerId}`.execute(tx);
    const found = rows[0];
    if (!found) return null;
    const { category, usualSlotId, latest, memberUntil, ...customer } = found;
    return {
      customer,
      plans: await plansOnOffer(tx, today, { category }),
      slots: await slotChoices(tx, today),
      usualSlotId,
      latest: Number(latest),
      memberUntil,
    };
  });
}

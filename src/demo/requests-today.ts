import { sql } from 'kysely';
import { type AskFor, askFor, withdrawRequest } from '#domains/subscriptions/index.server.ts';
import { addDays, type Day, type Week } from '#kernel/day.ts';
import type { Outcome } from '#kernel/outcome.ts';
import type { Actor } from '#platform/access/actor.ts';
import { inGarden } from '#platform/db/tenancy.ts';

/** A basket to come that nobody asked anything for, the deliveries after it, and another slot of its tour. */
type Basket = Week & {
  subscriptionId: number;
  productId: number;
  slotId: number;
  priceCents: number;
  next: Week[];
  elsewhere: number | null;
};

/** What was asked this morning: one of each kind, each by somebody else. */
const kinds: ((basket: Basket) => Pick<AskFor, 'wish' | 'note'> | null)[] = [
  () => ({ wish: { kind: 'cancel' } }),
  ({ next }) => ({ wish: { kind: 'postpone', to: next[0]! } }),
  () => ({ wish: { kind: 'double', quantity: 1 }, note: 'Reçoit sa famille' }),
  () => ({ wish: { kind: 'gift' }, note: 'Pour l’épicerie solidaire' }),
  ({ elsewhere }) => (elsewhere === null ? null : { wish: { kind: 'move', slotId: elsewhere, until: null } }),
  ({ elsewhere, next }) =>
    elsewhere === null ? null : { wish: { kind: 'move', slotId: elsewhere, until: next[1]! }, note: 'En déplacement' },
  ({ slotId, productId, priceCents }) => ({
    wish: { kind: 'manual', quantity: 2, productId, slotId, priceCents: priceCents - 200 },
    note: 'Prix réduit pour le second panier',
  }),
  () => ({ wish: { kind: 'cancel', remedy: 'make_up' } }),
];

/** Takes a request of each kind, one that is made up at once, and one that is taken back. */
export async function takeRequests(desk: Actor, head: Actor, today: Day): Promise<void> {
  const baskets = await untouched(desk, today, kinds.length + 2);
  const [madeUp, withdrawn, ...others] = baskets;
  for (const [place, basket] of others.entries()) {
    const asked = kinds[place]!(basket);
    if (asked) await ask(desk, basket, today, asked);
  }
  if (madeUp) {
    await ask(desk, madeUp, today, { wish: { kind: 'cancel', remedy: 'make_up' } });
    await ask(desk, { ...madeUp, ...madeUp.next[1]! }, today, { wish: { kind: 'make_up', quantity: 1 } });
  }
  if (!withdrawn) return;
  await ask(desk, withdrawn, today, { wish: { kind: 'postpone', to: withdrawn.next[0]! } });
  const { subscriptionId } = withdrawn;
  const request = await inGarden(head, (tx) =>
    tx.selectFrom('request').select('id').where('subscription_id', '=', subscriptionId).executeTakeFirstOrThrow(),
  );
  orThrow(await withdrawRequest(head, request.id, today));
}

async function ask(actor: Actor, { subscriptionId, year, week }: Basket, today: Day, asked: Pick<AskFor, 'wish' | 'note'>): Promise<void> {
  orThrow(await askFor(actor, { subscriptionId, from: { year, week }, dispensed: true, beyond: true, ...asked }, today));
}

function orThrow(outcome: Outcome<unknown>): void {
  if (!outcome.ok) throw new Error(outcome.reason);
}

/** The first basket to come, in ten days or later, of people who are delivered every week and asked for nothing. */
async function untouched(actor: Actor, today: Day, count: number): Promise<Basket[]> {
  return inGarden(actor, async (tx) => {
    const { rows } = await sql<Basket>`
      select * from (
        select distinct on (b.subscription_id) b.subscription_id as "subscriptionId", b.product_id as "productId", b.slot_id as "slotId",
          b.price_cents as "priceCents", l.year, l.week, l.usual_date, array(
            select json_build_object('year', n.year, 'week', n.week) from delivery n
            join basket c on c.garden_id = n.garden_id and c.delivery_id = n.id and c.subscription_id = b.subscription_id
            where n.garden_id = l.garden_id and n.usual_date > l.usual_date order by n.usual_date limit 3) as next,
          (select o.id from slot o where o.garden_id = l.garden_id and o.tour_id = l.tour_id and o.id <> b.slot_id and o.archived_at is null
            order by o.stop_order, o.id limit 1) as elsewhere
        from basket b
        join delivery l on l.garden_id = b.garden_id and l.id = b.delivery_id and l.usual_date >= ${addDays(today, 10)}::date
        join subscription s on s.garden_id = b.garden_id and s.id = b.subscription_id and s.frequency = 'weekly' and s.basket_count is null
        where not exists (select from request r where r.garden_id = b.garden_id and r.subscription_id = b.subscription_id)
        order by b.subscription_id, l.usual_date
      ) first
      where cardinality(next) = 3
      order by usual_date, "subscriptionId" limit ${count}`.execute(tx);
    return rows;
  });
}

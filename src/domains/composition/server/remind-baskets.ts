import { sql } from 'kysely';
import { heldSubscriptions } from '#domains/ledger/index.server.ts';
import { notify } from '#domains/messages/index.server.ts';
import { addDays, type Day, sayDay } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { publishedDay } from './published.ts';

type Row = { customerId: number; productId: number; tourId: number; product: string; quantity: number; place: string; pickup: string };

/**
 * Reminds customers of the basket of the next day, with what it holds once that is published. Written once per customer and day, however often it is asked;
 * nobody whose basket is held back is invited to fetch it. Leaves only where the garden asked for it (messages, « Textes »).
 */
export async function remindBaskets(actor: Actor, today: Day, now: Date): Promise<void> {
  requireRight(actor, 'subscriptions:read');
  const day = addDays(today, 1);
  const seen = await publishedDay(actor, day, now);
  const told = seen?.visible ? seen.sheets : [];
  const contents = ({ productId, tourId }: Row): string[] =>
    told
      .find(({ tours }) => tours.some(({ id }) => id === tourId))
      ?.baskets.find((one) => one.productId === productId)
      ?.lines.map(({ name }) => name) ?? [];
  await inGarden(actor, async (tx) => {
    const { rows } = await sql<Row>`
      select s.customer_id as "customerId", p.id as "productId", l.tour_id as "tourId", p.name as product, sum(b.quantity)::int as quantity,
        d.name || case when o.name = '' then '' else ', ' || o.name end as place, o.pickup
      from delivery l
      join basket b on b.garden_id = l.garden_id and b.delivery_id = l.id and b.quantity > 0
      join subscription s on s.garden_id = b.garden_id and s.id = b.subscription_id
      join product p on p.garden_id = b.garden_id and p.id = b.product_id
      join slot o on o.garden_id = b.garden_id and o.id = b.slot_id
      join depot d on d.garden_id = o.garden_id and d.id = o.depot_id
      where l.garden_id = app_garden() and l.date = ${day} and not l.closed and b.subscription_id <> all(${heldSubscriptions(day)})
      group by 1, 2, 3, 4, d.name, o.name, o.pickup, p.position order by 1, p.position`.execute(tx);
    await notify(
      tx,
      actor.gardenId,
      [...Map.groupBy(rows, (row) => row.customerId)].map(([customerId, own]) => ({
        event: 'basket_reminder',
        customerId,
        about: day,
        variables: {
          jour: sayDay(day),
          paniers: own.map(({ quantity, product, place, pickup }) => `${quantity} ${product} : ${place}${pickup ? ` (${pickup})` : ''}`),
          // Several baskets hold different things: what is in which one would be a page, not a reminder.
          contenu: own.length === 1 ? contents(own[0]!) : [],
        },
      })),
    );
  });
}

import { sql } from 'kysely';
import { addRecipient, campaignList, giveBasket, giveBasketOwn, recipientsPage } from '#domains/giving/index.server.ts';
import { addDays, type Day, type Week } from '#kernel/day.ts';
import type { Outcome } from '#kernel/outcome.ts';
import type { Actor } from '#platform/access/actor.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { garden } from './team.ts';

function done<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
}

type Coming = Week & { customerId: number; subscriptionId: number };

/**
 * Baskets given while away, in the large garden: two to a solidarity grocery, taken down by telephone; one to it, and the value of another, from an account.
 * After accounts are opened: of people who asked for nothing else, and whom no walk is about.
 */
export async function giveBaskets(head: Actor, today: Day): Promise<void> {
  const places = await placesOf(head);
  if (places.length === 0) return;
  const grocery = {
    name: 'Épicerie solidaire de Borny',
    about: 'Deux cents familles y font leurs courses pour le dixième du prix.',
    slot: places[0]!,
  };
  const kitchen = {
    name: 'Cuisine partagée de Bellecroix',
    about: 'On y cuisine ensemble le mercredi, et on mange à la même table.',
    slot: places.at(-1)!,
  };
  for (const one of [grocery, kitchen]) done(await addRecipient(head, { ...one, customer: null }));
  const { recipients } = await recipientsPage(head, today);
  const shop = recipients.find(({ name }) => name === grocery.name)!;
  const campaign = (await campaignList(head)).find(({ title }) => title === 'Des paniers pour tous');
  const wishes = [`o${shop.id}`, `o${shop.id}`, `o${shop.id}`, `v${campaign?.id ?? ''}`];
  let given = 0;
  for (const { customerId, subscriptionId, year, week } of await comingBaskets(head, today)) {
    const to = wishes[given];
    if (to === undefined) break;
    const asked = { subscriptionId, from: { year, week } };
    const own = { gardenId: head.gardenId, userId: head.userId ?? '', customerId, seenBy: 'customer' as const };
    // A plan may not allow it, or a delivery may not go there that week: the next one gives.
    const answer = given < 2 ? await giveBasket(head, asked, to, today) : await giveBasketOwn(own, asked, to, today);
    if (answer.ok) given += 1;
  }
}

/** Where there is room for more: the largest open depots of the large garden; nothing elsewhere. */
const placesOf = (actor: Actor): Promise<number[]> =>
  inGarden(actor, async (tx) => {
    const { rows } = await sql<{ id: number }>`
      select o.id from slot o
      join garden g on g.id = o.garden_id and g.slug = ${garden}
      join depot d on d.garden_id = o.garden_id and d.id = o.depot_id and d.archived_at is null and d.category = 'open'
      join tour t on t.garden_id = o.garden_id and t.id = o.tour_id and t.archived_at is null
      where o.garden_id = app_garden() and o.archived_at is null order by o.capacity desc nulls first, o.id limit 2`.execute(tx);
    return rows.map(({ id }) => id);
  });

/** The first basket to come in ten days of people who asked for nothing: from the middle of the list, whose ends others are about. */
const comingBaskets = (actor: Actor, today: Day): Promise<Coming[]> =>
  inGarden(actor, async (tx) => {
    const { rows } = await sql<Coming>`
      select * from (
        select distinct on (s.customer_id) s.customer_id as "customerId", s.id as "subscriptionId", l.year, l.week, search_text(c.last_name) as name
        from subscription s
        join customer c on c.garden_id = s.garden_id and c.id = s.customer_id and c.kind = 'person' and c.archived_at is null and c.email <> ''
        join basket b on b.garden_id = s.garden_id and b.subscription_id = s.id and b.quantity = 1
        join delivery l on l.garden_id = b.garden_id and l.id = b.delivery_id and l.date >= ${addDays(today, 10)}
        where s.garden_id = app_garden() and s.awaiting is null and s.basket_count is null and s.frequency = 'weekly'
          and not exists (select from request r where r.garden_id = s.garden_id and r.subscription_id = s.id)
          and not exists (select from path h where h.garden_id = c.garden_id and h.customer_id = c.id)
          and not exists (select from auth."user" u where u.email = c.email)
        order by s.customer_id, l.date
      ) found order by name desc, "customerId" offset 60 limit 24`.execute(tx);
    return rows;
  });

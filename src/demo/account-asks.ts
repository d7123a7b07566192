import { sql } from 'kysely';
import { accountBasket, answerException, askException, exceptions, offerHand } from '#domains/account/index.server.ts';
import type { Moment, Task } from '#domains/account/labels-baskets.ts';
import type { OwnWish } from '#domains/account/schema-exceptions.ts';
import { addDays, type Day, type Week } from '#kernel/day.ts';
import type { Actor } from '#platform/access/actor.ts';
import type { Own } from '#platform/access/own.ts';
import { inGarden } from '#platform/db/tenancy.ts';

type Basket = Week & { customerId: number; subscriptionId: number };

const words = [
  'Je suis hospitalisée jusqu’à la fin du mois : ce serait bien plus près pour ma sœur.',
  'Toute la famille vient ce week-end, et la voiture est en panne.',
  'Nous déménageons ce jour-là.',
];
const wishes: OwnWish[] = [{ kind: 'cancel' }, { kind: 'double', quantity: 2 }, { kind: 'gift' }];

const hands: { tasks: Task[]; moments: Moment[]; note: string }[] = [
  { tasks: ['harvest', 'events'], moments: ['saturday'], note: 'Je préfère le matin, quand il fait frais.' },
  { tasks: ['market'], moments: ['saturday', 'sunday'], note: 'J’ai tenu une boutique pendant vingt ans.' },
  { tasks: ['rounds', 'packing'], moments: ['morning'], note: 'Permis B, et une fourgonnette.' },
  { tasks: ['office'], moments: ['evening', 'sometimes'], note: '' },
];

/** What subscribers ask beyond their plan (two to answer, one refused), and hands offered to the garden. */
export async function askAtHome(head: Actor, today: Day): Promise<void> {
  const baskets = await comingBaskets(head, today);
  const own = ({ customerId }: Basket): Own => ({ gardenId: head.gardenId, userId: head.userId ?? '', customerId, seenBy: 'customer' });
  for (const [at, hand] of hands.entries()) if (baskets[at]) await offerHand(own(baskets[at]), hand);
  let asked = 0;
  for (const basket of baskets.slice(hands.length)) {
    if (asked === words.length) break;
    const { subscriptionId, year, week } = basket;
    const wish = await refusedWish(own(basket), basket, today);
    if (wish && (await askException(own(basket), { subscriptionId, from: { year, week }, wish, note: words[asked]! }, today)).ok)
      asked += 1;
  }
  const last = (await exceptions(head, today)).open.at(-1);
  if (asked === words.length && last)
    await answerException(
      head,
      {
        id: last.id,
        accept: false,
        answer: 'Ce point de dépôt ne peut vraiment pas en garder un de plus. Un voisin peut venir le prendre !',
      },
      today,
    );
}

/** What this plan refuses; where it refuses nothing, a place in a depot that is full. */
async function refusedWish(own: Own, { subscriptionId, year, week }: Basket, today: Day): Promise<OwnWish | null> {
  const choice = await accountBasket(own, { subscriptionId, year, week }, today, true);
  const full = choice?.elsewhere.find((place) => place.full && place.told === null);
  const refused = wishes.find(({ kind }) => choice?.told[kind]?.mayDispense);
  return refused ?? (full ? { kind: 'move', slotId: full.slotId, until: null } : null);
}

/** The first basket to come in ten days of some people, whom no walk is about: the last by name. */
const comingBaskets = (actor: Actor, today: Day): Promise<Basket[]> =>
  inGarden(actor, async (tx) => {
    const { rows } = await sql<Basket>`
      select * from (
        select distinct on (s.customer_id) s.customer_id as "customerId", s.id as "subscriptionId", l.year, l.week, search_text(c.last_name) as name
        from subscription s
        join customer c on c.garden_id = s.garden_id and c.id = s.customer_id and c.kind = 'person' and c.archived_at is null and c.email <> ''
        join basket b on b.garden_id = s.garden_id and b.subscription_id = s.id
        join delivery l on l.garden_id = b.garden_id and l.id = b.delivery_id and l.date >= ${addDays(today, 7)}
        where s.garden_id = app_garden() and s.awaiting is null and not exists (select from request r where r.garden_id = s.garden_id and r.subscription_id = s.id)
        order by s.customer_id, l.date
      ) found order by name desc, "customerId" limit 16`.execute(tx);
    return rows;
  });

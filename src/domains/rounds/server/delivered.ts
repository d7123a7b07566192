import { sql } from 'kysely';
import { type NamedCustomer, sheetName } from '#domains/preparation/rules/sheet-name.ts';
import { bulk } from '#domains/subscriptions/index.server.ts';
import { type Day, sayDay } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { saySettled } from '../labels.ts';
import { type Settled, settle } from '../rules/delivered.ts';
import type { Mark } from '../rules/marks.ts';
import { findMarks } from './marks.ts';
import { findNoted, type NotedBasket } from './outcomes.ts';
import { type DeliveryStanding, findStanding } from './standing.ts';

/** A basket of the delivery, to be chosen. */
export type FoundBasket = { subscriptionId: number; name: string; product: string; held: number; depot: string };

export type DeliveryToSettle = DeliveryStanding & {
  noted: NotedBasket[];
  settled: Settled;
  /** What the person looks at; sent back with the confirmation. */
  seen: string;
  /** Told by drivers, with the depot. */
  problems: (Mark & { depot: string })[];
  /** Depots with baskets that no driver has ticked, when some were. */
  unticked: string[];
  /** Answers to the search; null when nothing is searched. */
  found: FoundBasket[] | null;
  chosen: FoundBasket | null;
};

/** All that « Livraison effectuée » shows, or null when there is no such delivery. Four queries, and one for what is searched or chosen. */
export function deliveryToSettle(
  actor: Actor,
  id: number,
  today: Day,
  asked: { search?: string; subscriptionId?: number | undefined } = {},
): Promise<DeliveryToSettle | null> {
  requireRight(actor, 'rounds:change');
  return readInGarden(actor, async (tx) => {
    const delivery = await findStanding(tx, actor, id, today);
    if (!delivery) return null;
    const noted = await findNoted(tx, id, delivery.names);
    const marks = await findMarks(tx, id);
    const depots = await depotsOf(tx, id);
    const ticked = new Set(marks.filter(({ kind }) => kind === 'done').map(({ slotId }) => slotId));
    const nameOf = new Map(depots.map(({ slotId, depot }) => [slotId, depot]));
    const { search = '', subscriptionId } = asked;
    const found = search || subscriptionId ? await findBaskets(tx, delivery, { search, subscriptionId }) : [];
    return {
      ...delivery,
      noted,
      settled: settle(delivery.baskets, noted),
      seen: seenOf(delivery, noted),
      problems: marks.filter(({ kind }) => kind === 'problem').map((mark) => ({ ...mark, depot: nameOf.get(mark.slotId) ?? '' })),
      unticked: ticked.size ? depots.filter(({ slotId, baskets }) => baskets > 0 && !ticked.has(slotId)).map(({ depot }) => depot) : [],
      found: search ? found : null,
      chosen: found.find((one) => one.subscriptionId === subscriptionId) ?? null,
    };
  });
}

const seenOf = ({ baskets }: Pick<DeliveryStanding, 'baskets'>, noted: readonly NotedBasket[]) =>
  [baskets, ...noted.map(({ id, version }) => `${id}/${version}`)].join(' ');

async function depotsOf(tx: Tx, id: number): Promise<{ slotId: number; depot: string; baskets: number }[]> {
  const { rows } = await sql<{ slotId: number; depot: string; baskets: number }>`
    with held as (select slot_id, sum(quantity)::int as baskets from basket where garden_id = app_garden() and delivery_id = ${id} group by slot_id)
    select s.id as "slotId", d.name || case when s.name = '' then '' else ', ' || s.name end as depot, coalesce(h.baskets, 0) as baskets
    from slot s
    join depot d on d.garden_id = s.garden_id and d.id = s.depot_id
    left join held h on h.slot_id = s.id
    where s.garden_id = app_garden() and (h.slot_id is not null or s.id in (select slot_id from stop_mark where garden_id = app_garden() and delivery_id = ${id}))
    order by s.stop_order, s.id`.execute(tx);
  return rows;
}

/** By name or number, or by the depot's name; where the garden names its customers by number, by number alone. People first, twenty at most. */
async function findBaskets(
  tx: Tx,
  { id, names }: DeliveryStanding,
  { search, subscriptionId }: { search: string; subscriptionId?: number | undefined },
): Promise<FoundBasket[]> {
  const own = names === 'number' ? sql`c.number` : sql`c.search`;
  const words = search.split(/\s+/).filter(Boolean);
  const holds = (text: typeof own) => {
    const like = words.map((word) => sql`${text} like '%' || search_text(${word.replace(/[\\%_]/g, '\\$&')}) || '%'`);
    // Nothing asked: nobody, said by an expression, since PostgreSQL orders by no bare constant.
    return like.length ? sql.join(like, sql` and `) : sql`${text} is null`;
  };
  const { rows } = await sql<Omit<FoundBasket, 'name'> & NamedCustomer>`
    select b.subscription_id as "subscriptionId", c.number, c.last_name as "lastName", c.first_name as "firstName", p.name as product, b.quantity as held,
      d.name as depot
    from basket b
    join subscription a on a.garden_id = b.garden_id and a.id = b.subscription_id
    join customer c on c.garden_id = a.garden_id and c.id = a.customer_id
    join product p on p.garden_id = b.garden_id and p.id = b.product_id
    join slot s on s.garden_id = b.garden_id and s.id = b.slot_id
    join depot d on d.garden_id = s.garden_id and d.id = s.depot_id
    where b.garden_id = app_garden() and b.delivery_id = ${id} and (b.subscription_id = ${subscriptionId ?? null} or (${holds(sql`${own} || ' ' || search_text(d.name)`)}))
    order by b.subscription_id = ${subscriptionId ?? null} desc, (${holds(own)}) desc, search_text(c.last_name), search_text(c.first_name), b.id
    limit 20`.execute(tx);
  return rows.map(({ number, lastName, firstName, ...row }) => ({ ...row, name: sheetName({ number, lastName, firstName }, names) }));
}

const alreadyDone = refuse('Cette livraison est déjà effectuée.');
const changedSince = refuse('Ce qui est noté vient de changer : voici ce que cela donne maintenant. Rien n’est encore fait.');

/**
 * « Livraison effectuée »: all baskets are delivered but those noted, whose consequences begin. A batch, taken back from « Opérations ». Said twice,
 * it is done once. @param seen what the person looked at (`DeliveryToSettle`): refused when it is no longer so. Null when it was done already.
 */
export async function markDelivered(
  actor: Actor,
  id: number,
  seen: string,
  today: Day,
): Promise<Outcome<{ batchId: number; said: string } | null>> {
  requireRight(actor, 'rounds:change');
  const first = await readInGarden(actor, (tx) => findStanding(tx, actor, id, today));
  if (!first) return refuse('Cette livraison n’existe pas.');
  const name = `${first.tour.code} : livraison du ${sayDay(first.date)} effectuée`;
  let said = '';
  const answer = await bulk(actor, { kind: 'delivered', name, today, mode: 'apply' }, async (tx, batchId) => {
    const delivery = (await findStanding(tx, actor, id, today))!;
    if (delivery.delivered) return alreadyDone;
    if (delivery.refusal) return refuse(delivery.refusal);
    const noted = await findNoted(tx, id, delivery.names);
    if (seenOf(delivery, noted) !== seen) return changedSince;
    said = saySettled(settle(delivery.baskets, noted));
    await sql`update delivery set delivered_at = now(), delivered_batch_id = ${batchId}, version = version + 1 where id = ${id}`.execute(
      tx,
    );
    return { subscriptionIds: [], said };
  });
  if (answer === alreadyDone) return done(null);
  return answer.ok ? done({ batchId: answer.value.batchId, said }) : answer;
}

/** What came of a delivery, for its own page: null while nothing was noted of it, nor said to be done. Two queries. */
export function deliveryOutcome(
  actor: Actor,
  id: number,
  today: Day,
): Promise<{ delivered: boolean; said: string; noted: NotedBasket[]; refusal: string | null } | null> {
  requireRight(actor, 'rounds:read');
  return readInGarden(actor, async (tx) => {
    const delivery = await findStanding(tx, actor, id, today);
    if (!delivery) return null;
    const noted = await findNoted(tx, id, delivery.names);
    return {
      ...{ delivered: delivery.delivered !== null, said: saySettled(settle(delivery.baskets, noted)), noted, refusal: delivery.refusal },
    };
  });
}

import { sql } from 'kysely';
import { readSettings } from '#domains/gardens/settings.ts';
import { type AskedDelivery, comparedBaskets } from '#domains/subscriptions/index.server.ts';
import type { Day } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { sayChange } from '../labels.ts';
import { type BasketChange, type ChangeCounts, type ChangeKind, changeKinds, countChanges, whatChanged } from '../rules/changes.ts';
import type { SheetNames } from '../rules/sheet-name.ts';

/** A change with the names people know. */
export type ChangeLine = {
  subscriptionId: number;
  customerId: number;
  number: string;
  lastName: string;
  firstName: string;
  kinds: ChangeKind[];
  /** « 2 Simple au lieu de 1 Simple, doublé » */
  what: string;
  /** Baskets more (less when negative) at this stop, for this subscription. */
  more: number;
};

/** A stop with its changes, customers in alphabetical order. */
export type ChangeStop = {
  slotId: number;
  depotId: number;
  order: number;
  depotName: string;
  /** Baskets now. */
  baskets: number;
  lines: ChangeLine[];
};

/** What changed in one delivery since the one before it. Stops without a change are left out. */
export type DeliveryChanges = {
  delivery: AskedDelivery & { closed: boolean; tour: { id: number; code: string; name: string; color: string } };
  /** The delivery before, of the same tour, that took place; null when this is the first. */
  previous: { id: number; date: Day; baskets: number } | null;
  baskets: number;
  counts: ChangeCounts;
  stops: ChangeStop[];
};

/** What changed in a delivery, for people who prepare it. Null when it does not exist. Nine queries. */
export function deliveryChanges(actor: Actor, id: number): Promise<DeliveryChanges | null> {
  requireRight(actor, 'preparation:read');
  return readInGarden(actor, async (tx) => {
    const heads = await loadHeads(tx, sql`l.id = ${id}`);
    return (await changesOf(tx, heads))[0] ?? null;
  });
}

/** What changed in the deliveries of a day, tour by tour in the garden's order, with how it names its customers on paper; [] when there are none. */
export function dayChanges(actor: Actor, date: Day): Promise<{ garden: string; sheetNames: SheetNames; deliveries: DeliveryChanges[] }> {
  requireRight(actor, 'preparation:read');
  return readInGarden(actor, async (tx) => {
    const garden = await tx.selectFrom('garden').select(['name', 'settings']).where('id', '=', actor.gardenId).executeTakeFirstOrThrow();
    const heads = await loadHeads(tx, sql`l.date = ${date} and not l.closed`);
    return { garden: garden.name, sheetNames: readSettings(garden.settings).sheetNames, deliveries: await changesOf(tx, heads) };
  });
}

type Head = DeliveryChanges['delivery'] & Pick<DeliveryChanges, 'previous' | 'baskets'>;

async function loadHeads(tx: Tx, where: ReturnType<typeof sql>): Promise<Head[]> {
  const count = (id: string) => sql`(
    select coalesce(sum(b.quantity), 0)::int from basket b where b.garden_id = l.garden_id and b.delivery_id = ${sql.raw(id)})`;
  const { rows } = await sql<Head>`
    select l.id, l.tour_id as "tourId", l.year, l.week, l.usual_date as "usualDate", l.date, l.closed,
      jsonb_build_object('id', t.id, 'code', t.code, 'name', t.name, 'color', t.color) as tour, ${count('l.id')} as baskets,
      (select jsonb_build_object('id', p.id, 'date', p.date, 'baskets', ${count('p.id')}) from delivery p
        where p.garden_id = l.garden_id and p.tour_id = l.tour_id and not p.closed and p.usual_date < l.usual_date
        order by p.usual_date desc limit 1) as previous
    from delivery l
    join tour t on t.garden_id = l.garden_id and t.id = l.tour_id
    where l.garden_id = app_garden() and ${where}
    order by t.position, t.code, l.id`.execute(tx);
  return rows;
}

async function changesOf(tx: Tx, heads: readonly Head[]): Promise<DeliveryChanges[]> {
  const open = heads.filter((head) => !head.closed);
  const changes: BasketChange[] = [];
  // Deliveries of one day belong to one week, unless one was moved out of its own.
  for (const ofWeek of Map.groupBy(open, ({ year, week }) => year * 100 + week).values()) {
    const { year, week } = ofWeek[0]!;
    const compared = await comparedBaskets(tx, { year, week }, ofWeek);
    const tours = new Set(ofWeek.map((head) => head.tourId));
    changes.push(...compared.flatMap(whatChanged).filter((change) => tours.has(change.tourId)));
  }
  const named = await withNames(tx, changes, open);
  return heads.map(({ previous, baskets, ...delivery }) => {
    const mine = changes.filter((change) => change.tourId === delivery.tourId);
    return { delivery, previous, baskets, counts: countChanges(mine), stops: named(delivery.id, mine) };
  });
}

type Named = (deliveryId: number, changes: readonly BasketChange[]) => ChangeStop[];
type SlotRow = Omit<ChangeStop, 'lines' | 'baskets'> & { baskets: Record<string, number> };
type Person = Pick<ChangeLine, 'customerId' | 'number' | 'lastName' | 'firstName'>;

/** One query for all names; customers come in the order of the alphabet. */
async function withNames(tx: Tx, changes: readonly BasketChange[], heads: readonly Head[]): Promise<Named> {
  const ids = (of: (change: BasketChange) => (number | undefined)[]) =>
    `{${[...new Set(changes.flatMap(of))].filter((id) => id !== undefined).join()}}`;
  const { rows } = await sql<{ people: Person[]; products: [number, string][]; slots: SlotRow[] }>`
    with counted as (
      select slot_id, jsonb_object_agg(delivery_id, quantity) as baskets from (
        select slot_id, delivery_id, sum(quantity)::int as quantity from basket
        where garden_id = app_garden() and delivery_id = any(${`{${heads.map((head) => head.id).join()}}`}::bigint[]) group by 1, 2) n
      group by 1
    )
    select
      coalesce((select json_agg(json_build_object('customerId', id, 'number', number, 'lastName', last_name, 'firstName', first_name)
        order by search_text(last_name), search_text(first_name), id)
        from customer where garden_id = app_garden() and id = any(${ids((one) => [one.customerId])}::bigint[])), '[]') as people,
      coalesce((select json_agg(json_build_array(id, name)) from product where garden_id = app_garden()), '[]') as products,
      coalesce((select json_agg(json_build_object('slotId', s.id, 'depotId', d.id, 'order', s.stop_order,
        'depotName', d.name || case when s.name = '' then '' else ', ' || s.name end, 'baskets', coalesce(c.baskets, '{}')) order by s.stop_order, s.id)
        from slot s
        join depot d on d.garden_id = s.garden_id and d.id = s.depot_id
        left join counted c on c.slot_id = s.id
        where s.garden_id = app_garden() and s.id = any(${ids((one) => [one.slotId, one.now?.slotId, one.before?.slotId])}::bigint[])), '[]') as slots`.execute(
    tx,
  );
  const { people, products, slots } = rows[0]!;
  const [depot, product] = [new Map(slots.map((slot) => [slot.slotId, slot.depotName])), new Map(products)];
  const names = { depot: (id: number) => depot.get(id)!, product: (id: number) => product.get(id)! };
  return (deliveryId, mine) => {
    const byStop = Map.groupBy(mine, (change) => change.slotId);
    return slots.flatMap(({ baskets, ...slot }) => {
      const here = Map.groupBy(byStop.get(slot.slotId) ?? [], (change) => change.customerId);
      const lines = people.flatMap((person) =>
        (here.get(person.customerId) ?? []).map((change) => ({
          ...person,
          subscriptionId: change.subscriptionId,
          kinds: change.kinds.toSorted((a, b) => changeKinds.indexOf(a) - changeKinds.indexOf(b)),
          what: sayChange(change, names),
          more: moreHere(change),
        })),
      );
      return lines.length > 0 ? [{ ...slot, baskets: baskets[deliveryId] ?? 0, lines }] : [];
    });
  };
}

/** Baskets more at the stop where it is told; back after an absence, or gone, counts whole. */
function moreHere({ slotId, before, now }: BasketChange): number {
  const at = (one: BasketChange['now']) => (one && one.slotId === slotId ? one.quantity : 0);
  return at(now) - at(before);
}

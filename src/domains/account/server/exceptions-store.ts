import { sql } from 'kysely';
import type { Day, Week } from '#kernel/day.ts';
import { lookOwn, type Own } from '#platform/access/own.ts';
import type { Tx } from '#platform/db/index.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { sayOn, sayWish } from '../labels-baskets.ts';
import { type OwnWish, wishShape } from '../schema-exceptions.ts';

export type ExceptionState = 'open' | 'accepted' | 'refused' | 'withdrawn';

/** An exception asked for, with what it is about in words. */
export type Exception = {
  id: number;
  version: number;
  customerId: number;
  customer: string;
  number: string;
  subscriptionId: number;
  also: number[];
  week: Week;
  product: string;
  wish: OwnWish;
  /** « Annuler le panier du jeudi 8 octobre » */
  said: string;
  /** What the rules said. */
  refusal: string;
  note: string;
  state: ExceptionState;
  answer: string;
  askedAt: Date;
  handledAt: Date | null;
  handledBy: string | null;
  /** Of the basket. */
  date: Day | null;
};
export type OwnException = Pick<Exception, 'id' | 'week' | 'product' | 'said' | 'note' | 'state' | 'answer' | 'date' | 'subscriptionId'>;

type Row = Omit<Exception, 'week' | 'wish' | 'said'> & Week & { wish: unknown; toDate: Day | null; place: string | null };

type Which = { customerId: number } | { id: number } | { state: 'open' } | { state: 'handled' };

const chosen = (which: Which) => {
  if ('id' in which) return sql`e.id = ${which.id}`;
  if ('customerId' in which) return sql`e.customer_id = ${which.customerId}`;
  return which.state === 'open' ? sql`e.state = 'open'` : sql`e.state in ('accepted', 'refused')`;
};

/** Open ones first, those whose basket comes first before others; the others by the day they were handled. One query. */
export async function findExceptions(tx: Tx, which: Which, today: Day, limit = 200): Promise<Exception[]> {
  const dateIn = (year: ReturnType<typeof sql>, week: ReturnType<typeof sql>) => sql`(
    select l.date from subscription_on(${today}) s join slot o on o.garden_id = s.garden_id and o.id = s.slot_id
    join delivery l on l.garden_id = o.garden_id and l.tour_id = o.tour_id and l.year = ${year} and l.week = ${week}
    where s.garden_id = e.garden_id and s.id = e.subscription_id)`;
  const { rows } = await sql<Row>`
    select e.id, e.version, e.customer_id as "customerId", trim(c.first_name || ' ' || c.last_name) as customer, c.number,
      e.subscription_id as "subscriptionId", to_json(e.also) as also, e.year, e.week, p.name as product, e.wish, e.refusal, e.note, e.state, e.answer,
      e.asked_at as "askedAt", e.handled_at as "handledAt", u.name as "handledBy", ${dateIn(sql`e.year`, sql`e.week`)} as date,
      ${dateIn(sql`(coalesce(e.wish -> 'to', e.wish -> 'until') ->> 'year')::int`, sql`(coalesce(e.wish -> 'to', e.wish -> 'until') ->> 'week')::int`)} as "toDate",
      (select d.name || case when o.name = '' then '' else ' (' || o.name || ')' end from slot o join depot d on d.garden_id = o.garden_id and d.id = o.depot_id
        where o.garden_id = e.garden_id and o.id = (e.wish ->> 'slotId')::bigint) as place
    from exception_request e
    join customer c on c.garden_id = e.garden_id and c.id = e.customer_id
    join subscription f on f.garden_id = e.garden_id and f.id = e.subscription_id
    join product p on p.garden_id = f.garden_id and p.id = f.product_id
    left join auth."user" u on u.id = e.handled_by
    where e.garden_id = app_garden() and ${chosen(which)}
    order by e.state <> 'open', e.handled_at desc, e.year, e.week, e.id
    limit ${limit}`.execute(tx);
  return rows.map(({ year, week, toDate, place, ...row }) => {
    const [from, wish] = [{ year, week }, wishShape.parse(row.wish)];
    return { ...row, week: from, wish, said: sayWish(wish, sayOn(row.date, from), (other) => sayOn(toDate, other), place) };
  });
}

/** What a customer asked beyond the rules, and was answered, for baskets that are not gone. One query. */
export function ownExceptions(own: Own, today: Day): Promise<OwnException[]> {
  const actor = lookOwn(own);
  return readInGarden(actor, async (tx) =>
    (await findExceptions(tx, { customerId: own.customerId }, today, 20))
      .filter(({ state }) => state !== 'withdrawn')
      .map(({ id, week, product, said, note, state, answer, date, subscriptionId }) => ({
        ...{ id, week, product, said, note, state, answer, date },
        subscriptionId,
      })),
  );
}

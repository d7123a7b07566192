import { type RawBuilder, sql } from 'kysely';
import type { Frequency } from '#domains/subscriptions/rules/frequency.ts';
import { addDays, type Day } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { TOLD_AHEAD_DAYS } from '../rules/referral.ts';
import { type AtEnd, lastSubscription } from './paths.ts';
import { noteReading } from './reading.ts';

/** A stay, as lists show it. */
export type StayLine = {
  id: number;
  customerId: number;
  name: string;
  programme: string;
  prescriber: string | null;
  household: number | null;
  startsOn: Day;
  endsOn: Day;
  atEnd: AtEnd;
  /** Somebody ended it before its term. */
  ended: boolean;
  /** Another one carries it on. */
  renewed: boolean;
  /** Going on is asked, and waits for an answer. */
  asked: number | null;
  /** The person was told of the term, by letter or by mouth. */
  told: boolean;
};

export const stayFilters = ['running', 'ending', 'ended'] as const;
export type StayFilter = (typeof stayFilters)[number];
export type StaysAsked = { filter: '' | StayFilter; search: string; page: number; perPage: number };

const line = sql`p.id, p.customer_id as "customerId", trim(c.first_name || ' ' || c.last_name) as name, g.name as programme, p.household,
  (select o.name from referral r join prescriber o on o.garden_id = r.garden_id and o.id = r.prescriber_id
    where r.garden_id = p.garden_id and r.path_id = p.id order by r.id limit 1) as prescriber,
  p.starts_on as "startsOn", p.ends_on as "endsOn", p.at_end as "atEnd", p.ended_at is not null as ended,
  exists (select from path n where n.garden_id = p.garden_id and n.renewed_from = p.id) as renewed,
  (select r.id from referral r where r.garden_id = p.garden_id and r.renews_path_id = p.id and r.state in ('sent', 'waiting') order by r.id limit 1) as asked,
  exists (select from path_notice t where t.garden_id = p.garden_id and t.path_id = p.id and t.addressee = 'person' and t.reached) as told`;
const source = sql`path p join customer c on c.garden_id = p.garden_id and c.id = p.customer_id
  join programme g on g.garden_id = p.garden_id and g.id = p.programme_id`;

const isOf = (filter: StaysAsked['filter'], today: Day): RawBuilder<unknown> => {
  const renewed = sql`exists (select from path n where n.garden_id = p.garden_id and n.renewed_from = p.id)`;
  switch (filter) {
    case 'running':
      return sql`p.ends_on >= ${today}`;
    case 'ending':
      return sql`p.ends_on between ${today} and ${addDays(today, TOLD_AHEAD_DAYS)} and p.ended_at is null and not ${renewed}`;
    case 'ended':
      return sql`p.ends_on < ${today} and not ${renewed}`;
    default:
      return sql`true`;
  }
};

/** Who is helped, those whose term comes first on top. Noted as read. Two queries. */
export async function stayList(
  actor: Actor,
  { filter, search, page, perPage }: StaysAsked,
  today: Day,
): Promise<{ rows: StayLine[]; total: number; running: number; ending: number }> {
  requireRight(actor, 'solidarity:read');
  await noteReading(actor, 'path', 0, today);
  const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
  return readInGarden(actor, async (tx) => {
    const [{ rows }, { rows: counted }] = await Promise.all([
      sql<StayLine & { total: number }>`
        select ${line}, count(*) over ()::int as total from ${source}
        where p.garden_id = app_garden() and ${isOf(filter, today)} and ${search === '' ? sql`true` : sql`search_text(c.first_name || ' ' || c.last_name) like search_text(${pattern})`}
        order by p.ends_on < ${today}, case when p.ends_on >= ${today} then p.ends_on end, p.ends_on desc, p.id limit ${perPage} offset ${(page - 1) * perPage}`.execute(
        tx,
      ),
      sql<{ running: number; ending: number }>`
        select count(*) filter (where ${isOf('running', today)})::int as running, count(*) filter (where ${isOf('ending', today)})::int as ending
        from path p where p.garden_id = app_garden()`.execute(tx),
    ]);
    return { rows: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0, ...counted[0]! };
  });
}

export type Stay = StayLine & {
  version: number;
  place: string;
  affiliation: '' | 'caf' | 'msa';
  reference: string;
  endReason: string;
  renewedFrom: number | null;
  renewedBy: number | null;
  referralId: number | null;
  subscription: { id: number; product: string; quantity: number; frequency: Frequency; depot: string; endsOn: Day; version: number } | null;
  /** No letter can leave: somebody has to call. */
  reachable: boolean;
};

/** A stay and all that is known of it; null when there is none. Noted as read. One query. */
export async function stayPage(actor: Actor, id: number, today: Day): Promise<Stay | null> {
  requireRight(actor, 'solidarity:read');
  const found = await readInGarden(actor, async (tx) => {
    const { rows } = await sql<Stay>`
      select ${line}, p.version, p.place, p.affiliation, p.reference, p.end_reason as "endReason", p.renewed_from as "renewedFrom",
        (select n.id from path n where n.garden_id = p.garden_id and n.renewed_from = p.id) as "renewedBy",
        (select r.id from referral r where r.garden_id = p.garden_id and r.path_id = p.id order by r.id limit 1) as "referralId", c.email <> '' as reachable,
        case when s.id is not null then json_build_object('id', s.id, 'product', d.name, 'quantity', s.quantity, 'frequency', s.frequency, 'depot', e.name,
          'endsOn', s.ends_on, 'version', s.version) end as subscription
      from ${source}
      left join subscription s on s.garden_id = p.garden_id and s.id = ${lastSubscription}
      left join product d on d.garden_id = s.garden_id and d.id = s.product_id
      left join slot o on o.garden_id = s.garden_id and o.id = s.slot_id left join depot e on e.garden_id = o.garden_id and e.id = o.depot_id
      where p.garden_id = app_garden() and p.id = ${id}`.execute(tx);
    return rows[0] ?? null;
  });
  if (found) await noteReading(actor, 'path', id, today);
  return found;
}

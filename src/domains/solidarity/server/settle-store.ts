import { sql } from 'kysely';
import { receivedBaskets } from '#domains/billing/index.server.ts';
import { addDays, type Day } from '#kernel/day.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Envelope, Programme, Received, Settling, Written } from '../rules/settle.ts';
import { settling } from '../rules/settle.ts';
import type { Affiliation } from '../rules/shares.ts';
import { subscriptionsOf } from './paths.ts';

/** What is read to say who pays what. Ten queries, whatever their number. */

type StoredPath = {
  id: number;
  programme: number;
  subscription: number;
  affiliation: Affiliation;
  place: string;
  startsOn: Day;
  endsOn: Day;
};

/** Those of the last two years and a half, which billing still looks at, once for each of their subscriptions. */
async function pathsSince(tx: Tx, since: Day): Promise<StoredPath[]> {
  const { rows } = await sql<StoredPath>`
    select p.id, p.programme_id as programme, o.subscription_id as subscription, p.affiliation, p.place, p.starts_on as "startsOn", p.ends_on as "endsOn"
    from path p join ${subscriptionsOf} where p.garden_id = app_garden() and p.ends_on >= ${since} order by p.id, o.id`.execute(tx);
  return rows;
}

export async function agreements(tx: Tx): Promise<{ programmes: Programme[]; envelopes: Envelope[] }> {
  const { rows: programmes } = await sql<Programme>`
    select p.id, p.when_short as "whenShort", coalesce(jsonb_agg(jsonb_build_object('funder', s.funder_id, 'kind', s.kind, 'cents', s.cents,
      'basisPoints', s.basis_points, 'affiliation', s.affiliation, 'place', s.place) order by s.position) filter (where s.id is not null), '[]') as shares
    from programme p left join programme_share s on s.garden_id = p.garden_id and s.programme_id = p.id
    where p.garden_id = app_garden() group by p.garden_id, p.id`.execute(tx);
  const { rows: envelopes } = await sql<Envelope>`
    select e.id, e.programme_id as programme, e.funder_id as funder, e.starts_on as "startsOn", e.ends_on as "endsOn", e.cents, e.baskets,
      coalesce(l.cents, 0)::bigint as "usedCents", coalesce(l.baskets, 0)::integer as "usedBaskets"
    from programme_envelope e
    left join (select envelope_id, sum(cents) as cents, sum(quantity) as baskets from payer_line
      where garden_id = app_garden() and envelope_id is not null group by envelope_id) l on l.envelope_id = e.id
    where e.garden_id = app_garden() and e.withdrawn_at is null order by e.id`.execute(tx);
  return { programmes, envelopes };
}

async function writtenOf(tx: Tx, subscriptions: readonly number[]): Promise<Written[]> {
  const { rows } = await sql<Written>`
    select subscription_id as subscription, day, unit, path_id as path, product_id as product,
      jsonb_agg(jsonb_build_object('funder', funder_id, 'envelope', envelope_id, 'cents', cents) order by funder_id nulls first, envelope_id) as payers
    from (
      select subscription_id, day, unit, path_id, product_id, funder_id, envelope_id, sum(cents) as cents
      from payer_line where garden_id = app_garden() and subscription_id = any(${[...subscriptions]}::bigint[])
      group by subscription_id, day, unit, path_id, product_id, funder_id, envelope_id having sum(cents) <> 0 or sum(quantity) <> 0
    ) l group by subscription_id, day, unit, path_id, product_id`.execute(tx);
  return rows;
}

/**
 * What is to write of who pays what, up to a day; in the future it tells what baskets that are planned will come to: which funder has not enough left, and when.
 * Nothing is written.
 */
export async function toSettle(tx: Tx, until: Day): Promise<Settling> {
  const paths = await pathsSince(tx, addDays(until, -900));
  const bySubscription = Map.groupBy(paths, ({ subscription }) => subscription);
  const { subscriptions, baskets } = await receivedBaskets(tx, [...bySubscription.keys()], until);
  if (subscriptions.length === 0) return { lines: [], waiting: [], short: [] };
  const { programmes, envelopes } = await agreements(tx);
  const written = await writtenOf(tx, subscriptions);
  const units = new Map<string, number>();
  const received: Received[] = [];
  for (const { subscription, day, product, quantity, full, own } of baskets.toSorted((a, b) => a.product - b.product || a.full - b.full)) {
    const path = bySubscription.get(subscription)?.find(({ startsOn, endsOn }) => startsOn <= day && day <= endsOn);
    if (!path) continue;
    for (let one = 0; one < quantity; one++) {
      const unit = (units.get(`${subscription} ${day}`) ?? 0) + 1;
      units.set(`${subscription} ${day}`, unit);
      const { affiliation, place } = path;
      received.push({
        subscription,
        day,
        unit,
        product,
        price: full,
        own,
        path: path.id,
        programme: path.programme,
        person: { affiliation, place },
      });
    }
  }
  return settling(received, written, programmes, envelopes);
}

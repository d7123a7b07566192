import { sql } from 'kysely';
import { sameStops } from '#domains/logistics/rules/order.ts';
import type { AcceptedOrder } from '#domains/logistics/schema.ts';
import { bulk } from '#domains/subscriptions/index.server.ts';
import type { Day } from '#kernel/day.ts';
import { done, type Outcome, type Refusal, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';

type Stored = { code: string; version: number; stops: { id: number; arrival: string | null }[] };

const again = refuse('Cet ordre est déjà enregistré.');

/**
 * Gives the stops of a tour an order that was proposed and, if asked, the hours of passage that go with it (a stop whose hour nobody knows keeps its
 * own). An operation that « Opérations » takes back. Refused when the tour was changed since the proposal was read. Sent twice, it acts once.
 */
export async function acceptOrder(actor: Actor, tourId: number, accepted: AcceptedOrder, today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'logistics:change');
  const answer = await bulk(actor, { kind: 'stops', name: 'Ordre des arrêts', today, mode: 'apply' }, (tx, batchId) =>
    write(tx, tourId, batchId, accepted),
  );
  return answer === again || answer.ok ? done(null) : answer;
}

async function write(
  tx: Tx,
  tourId: number,
  batchId: number,
  { version, order, arrivals, times }: AcceptedOrder,
): Promise<Refusal | { subscriptionIds: number[] }> {
  const { rows } = await sql<Stored>`
    select code, version, coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'arrival', to_char(s.arrival, 'HH24:MI')) order by s.stop_order, s.id)
      from slot s where s.tour_id = t.id and s.archived_at is null), '[]') as stops
    from tour t where id = ${tourId} and archived_at is null for update`.execute(tx);
  const tour = rows[0];
  if (!tour) return refuse('Cette tournée n’existe plus.');
  const hours = new Map(order.map((id, at) => [id, times ? (arrivals[at] ?? null) : null]));
  const stands = tour.stops.every(({ id, arrival }, at) => id === order[at] && (hours.get(id) ?? arrival) === arrival);
  if (stands && tour.stops.length === order.length) return again;
  const ids = tour.stops.map(({ id }) => id);
  if (tour.version !== version || !sameStops(ids, order))
    return refuse('Quelqu’un d’autre vient de changer cette tournée. Voici ce qu’elle est devenue, et un nouvel ordre proposé.');
  await sql`
    with wanted as (
      select * from unnest(${`{${order.join()}}`}::bigint[], ${order.map((id) => hours.get(id) ?? null)}::time[]) with ordinality as n(id, arrival, place)
    ), moved as (
      update slot s set stop_order = n.place, arrival = coalesce(n.arrival, s.arrival), version = s.version + 1
      from wanted n
      where s.id = n.id and s.tour_id = ${tourId} and (s.stop_order <> n.place or coalesce(n.arrival, s.arrival) is distinct from s.arrival)
    ), told as (
      update batch set name = ${`Ordre des arrêts de ${tour.code}`} where id = ${batchId}
    )
    update tour set version = version + 1 where id = ${tourId}`.execute(tx);
  return { subscriptionIds: [] };
}

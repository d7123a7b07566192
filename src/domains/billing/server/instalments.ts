import { sql } from 'kysely';
import { instalmentDays } from '#domains/subscriptions/rules/schedule.ts';
import type { Day } from '#kernel/day.ts';
import { type Cents, share } from '#kernel/money.ts';
import type { Tx } from '#platform/db/index.ts';
import type { StoredSubscription } from './owed-store.ts';
import { ownPrice } from './own-shares.ts';

export type Instalment = { dueOn: Day; amount: Cents };

/**
 * Equal parts of subscriptions that are paid so, in order, by subscription: those that were told when they were signed; worked out from their baskets for
 * those that were signed elsewhere (brought over, renewed together). A garden that changed tools on the way shares what is left among the days that are left.
 * @param keep writes those that were worked out, so that they stay what they are from then on.
 */
export async function instalmentsOf(
  tx: Tx,
  gardenId: number,
  subscriptions: readonly StoredSubscription[],
  keep: boolean,
): Promise<Map<number, Instalment[]>> {
  const wanted = subscriptions.filter(({ mode }) => mode === 'instalments');
  if (wanted.length === 0) return new Map();
  const ids = wanted.map(({ id }) => id);
  const { rows } = await sql<Instalment & { subscription: number }>`
    select subscription_id as subscription, due_on as "dueOn", amount_cents as amount from instalment
    where garden_id = app_garden() and subscription_id = any(${ids}::bigint[]) order by subscription_id, position`.execute(tx);
  const told: Map<number, Instalment[]> = Map.groupBy(rows, ({ subscription }) => subscription);
  const without = wanted.filter(({ id }) => !told.has(id));
  const made = without.length > 0 ? await workOut(tx, without) : new Map<number, Instalment[]>();
  if (keep && made.size > 0) await keepInstalments(tx, gardenId, made);
  for (const [id, parts] of made) told.set(id, parts);
  return told;
}

type Season = { subscription: number; first: Day; last: Day; cents: Cents; takenOverOn: Day | null };

async function workOut(tx: Tx, subscriptions: readonly StoredSubscription[]): Promise<Map<number, Instalment[]>> {
  const own = ownPrice({ subscription: 'b.subscription_id', day: 'l.date', price: 'b.price_cents' });
  const { rows } = await sql<Season>`
    select b.subscription_id as subscription, min(l.date) as first, max(l.date) as last, g.taken_over_on as "takenOverOn",
      coalesce(sum(b.quantity * ${own.price}) filter (where g.taken_over_on is null or l.date >= g.taken_over_on), 0)::bigint as cents
    from basket b
    join delivery l on l.garden_id = b.garden_id and l.id = b.delivery_id and not l.closed
    join garden g on g.id = b.garden_id
    ${own.join}
    where b.garden_id = app_garden() and b.subscription_id = any(${subscriptions.map(({ id }) => id)}::bigint[])
    group by b.subscription_id, g.taken_over_on`.execute(tx);
  const terms = new Map(subscriptions.map((one) => [one.id, one]));
  return new Map(rows.map((season) => [season.subscription, partsOf(season, terms.get(season.subscription)!)]));
}

function partsOf({ first, last, cents, takenOverOn }: Season, terms: StoredSubscription): Instalment[] {
  const days = instalmentDays(first, last, terms);
  const left = takenOverOn === null ? days : days.filter((day) => day >= takenOverOn);
  const due = left.length > 0 ? left : [takenOverOn!];
  if (cents === 0) return [];
  return share(cents, Array<number>(due.length).fill(1)).map((amount, index) => ({ dueOn: due[index]!, amount }));
}

/** Two at the same moment keep the same once. */
async function keepInstalments(tx: Tx, gardenId: number, made: ReadonlyMap<number, readonly Instalment[]>): Promise<void> {
  const rows = [...made].flatMap(([subscription_id, parts]) =>
    parts.map(({ dueOn, amount }, index) => ({ subscription_id, position: index + 1, due_on: dueOn, amount_cents: amount })),
  );
  await sql`
    insert into instalment (garden_id, subscription_id, position, due_on, amount_cents)
    select ${gardenId}::integer, r.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (subscription_id bigint, position integer, due_on date, amount_cents bigint)
    on conflict do nothing`.execute(tx);
}

import { sql } from 'kysely';
import { type Day, sayDayAndYear } from '#kernel/day.ts';
import type { Tx } from '#platform/db/index.ts';
import { type Agreed, type AgreedNow, type CarriedPrice, carriedOn, holdsOn, owedOf } from '../rules/agreed.ts';
import { withOver } from './endings.ts';
import { list } from './load.ts';

/** Prices that were agreed with customers, carried along with their subscriptions. Who agreed to them, and who pays the rest, is not known here. */

export type AgreedShare = Agreed & {
  subscriptionId: number;
  source: string | null;
  /** Of the subscriptions it was agreed for; null: all. */
  planIds: number[] | null;
};
const columns = sql`o.subscription_id as "subscriptionId", o.starts_on as "startsOn", o.ends_on as "endsOn", o.cents, o.basis_points as "basisPoints",
  o.goes_on as "goesOn", o.source, o.plan_ids as "planIds"`;

/** Of subscriptions, the one that holds on the day each is over. By subscription. One query. */
export async function agreedAtEnd(tx: Tx, ending: readonly { id: number; overOn: Day }[]): Promise<Map<number, AgreedShare>> {
  const { rows } = await sql<AgreedShare>`
    select ${columns} from own_share o where o.garden_id = app_garden() and o.subscription_id = any(${list(ending.map(({ id }) => id))}::bigint[])`.execute(
    tx,
  );
  const over = new Map(ending.map(({ id, overOn }) => [id, overOn]));
  return new Map(rows.filter((one) => holdsOn(one, over.get(one.subscriptionId)!)).map((one) => [one.subscriptionId, one]));
}

/**
 * Prices agreed with a customer that still hold today or will, each as the last of her subscriptions has it, for a plan she takes; one of the same name, of another
 * season, is the same. One query.
 */
export async function agreedWith(tx: Tx, customerId: number, planId: number, today: Day): Promise<(AgreedShare & AgreedNow)[]> {
  const { rows } = await sql<AgreedShare & AgreedNow>`
    with ${withOver(sql`and customer_id = ${customerId}`)}
    select distinct on (o.source) ${columns}, (max(s.over_on) over (partition by o.source) + 1)::date as "freeFrom",
      o.plan_ids is null or exists (select from plan p join plan n on n.garden_id = p.garden_id and n.id = ${planId}
        where p.garden_id = app_garden() and p.id = any(o.plan_ids) and (p.id = n.id or p.name = n.name)) as covers
    from own_share o join over s on s.id = o.subscription_id
    where o.garden_id = app_garden() and (o.ends_on is null or o.ends_on >= ${today})
    order by o.source, o.starts_on desc, o.id desc`.execute(tx);
  return rows;
}

export type CarriedAgreement = {
  period: { startsOn: Day; endsOn: Day };
  price: CarriedPrice | null;
  share: AgreedShare | null;
  remark: string;
};

/**
 * What an agreed price makes of a subscription that is carried on: its period, its price, what somebody should know; or why it cannot go on without her.
 * @param herself it is the customer who says yes, to the price that she is shown.
 */
export function withAgreed(
  share: AgreedShare,
  period: { startsOn: Day; endsOn: Day },
  priceCents: number,
  herself: boolean,
): CarriedAgreement | { why: string } {
  const carried = carriedOn(share, period);
  if (carried.kind === 'asked' && !herself)
    return { why: `son prix est convenu jusqu’au ${sayDayAndYear(share.endsOn!)} : la suite se décide avec la personne` };
  if (carried.kind !== 'lasts')
    return {
      period,
      price: null,
      share: null,
      remark: `son prix convenu s’arrête le ${sayDayAndYear(share.endsOn!)}, puis c’est le prix de tous`,
    };
  const { endsOn, goesOn } = share;
  const until = endsOn === null || endsOn > carried.period.endsOn ? null : endsOn;
  const then =
    until === null
      ? ''
      : ` jusqu’au ${sayDayAndYear(until)}${goesOn ? ', puis c’est le prix de tous' : ', et l’abonnement s’arrête ce jour-là'}`;
  return {
    period: carried.period,
    price: { ownCents: owedOf(priceCents, share), until },
    share,
    remark: `son prix convenu continue${then}`,
  };
}

/** Writes what goes on beside the subscriptions that carry others on, up to its last day. One query. */
export async function carryShares(
  tx: Tx,
  gardenId: number,
  made: readonly { id: number; startsOn: Day; share: AgreedShare }[],
): Promise<void> {
  if (made.length === 0) return;
  const rows = made.map(({ id, startsOn, share: { endsOn, cents, basisPoints, goesOn, source, planIds } }) => ({
    ...{ id, starts_on: startsOn, ends_on: endsOn, cents, basis_points: basisPoints, goes_on: goesOn, source, plan_ids: planIds },
  }));
  await sql`
    insert into own_share (garden_id, subscription_id, starts_on, ends_on, cents, basis_points, goes_on, source, plan_ids)
    select ${gardenId}, r.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(id bigint, starts_on date, ends_on date, cents bigint, basis_points int, goes_on boolean, source text, plan_ids bigint[])`.execute(
    tx,
  );
}

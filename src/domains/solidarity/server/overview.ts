import { sql } from 'kysely';
import { addDays, type Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import type { ToldEnvelope } from '../rules/gathered.ts';
import type { Short } from '../rules/settle.ts';
import { toSettle } from './settle-store.ts';

export type EnvelopeRow = ToldEnvelope & {
  programmeId: number;
  /** Fed by hand, and nothing drawn yet. */
  mayWithdraw: boolean;
};
export type WaitingBasket = { programmeId: number; funderId: number; day: Day; price: Cents };
export type MoneyOverview = {
  envelopes: EnvelopeRow[];
  /** Baskets received that nobody pays until somebody decides. */
  waiting: WaitingBasket[];
  /** The first day on which a funder has not enough left, with the baskets that are planned today; none: they are all paid. */
  short: Short[];
};

/** Where envelopes stand, and how long they last with the stays and baskets that are known today. About twelve queries. */
export function moneyOverview(actor: Actor, today: Day): Promise<MoneyOverview> {
  requireRight(actor, 'solidarity:read');
  return readInGarden(actor, async (tx) => {
    const { rows: envelopes } = await sql<EnvelopeRow>`
      select e.id, e.programme_id as "programmeId", e.funder_id as "funderId", f.name as funder, e.starts_on as "startsOn", e.ends_on as "endsOn", e.cents, e.baskets,
        coalesce(l.cents, 0)::bigint as "usedCents", coalesce(l.baskets, 0)::integer as "usedBaskets", e.note,
        l.envelope_id is null and (e.source is null or e.source like 'form:%') as "mayWithdraw",
        coalesce(e.source like 'gift:%', false) as "ofGift"
      from programme_envelope e
      join funder f on f.garden_id = e.garden_id and f.id = e.funder_id
      left join (select envelope_id, sum(cents) as cents, sum(quantity) as baskets from payer_line
        where garden_id = app_garden() and envelope_id is not null group by envelope_id) l on l.envelope_id = e.id
      where e.garden_id = app_garden() and e.withdrawn_at is null order by e.programme_id, e.starts_on, e.id`.execute(tx);
    const { waiting, short } = await toSettle(tx, addDays(today, 400));
    const now = waiting.filter(({ day }) => day < today);
    return {
      envelopes,
      waiting: now.map(({ programme, funder, day, price }) => ({ programmeId: programme, funderId: funder, day, price })),
      short,
    };
  });
}

import { sql } from 'kysely';
import { readSettings } from '#domains/gardens/settings.ts';
import { type Entry, post } from '#domains/ledger/index.server.ts';
import { lastOfMonth } from '#domains/plans/rules/rhythm.ts';
import type { Cents } from '#kernel/money.ts';
import type { Tx } from '#platform/db/index.ts';
import { consumptionEntry, toConsume } from '../rules/consumption.ts';
import { advanceAccount, subscriptionLines } from '../rules/lines.ts';
import { isOver } from '../rules/modes.ts';
import { gathered } from './owed.ts';
import { productsToBill, subscriptionsToBill } from './owed-store.ts';

type Standing = { subscription: number; who: string; billed: Cents; consumed: Cents };

/**
 * Subscriptions of which something was billed ahead, with what stands of it in documents up to a day and what was moved to sales already. Those whose
 * month was posted already are left out: its source is said once, and what changed since goes with the next month.
 */
async function standings(tx: Tx, month: string, until: string): Promise<Standing[]> {
  const { rows } = await sql<Standing>`
    with moved as (
      select split_part(e.source, ':', 2)::bigint as subscription, sum(l.amount_cents) as consumed, bool_or(e.source like ${`%:${month}`}) as posted
      from entry e
      join entry_line l on l.garden_id = e.garden_id and l.entry_id = e.id
      join account a on a.garden_id = l.garden_id and a.id = l.account_id and a.number = ${advanceAccount}
      where e.garden_id = app_garden() and e.source like 'consumption:%'
        and not exists (select from entry r where r.garden_id = e.garden_id and r.reverses = e.id)
      group by 1
    ), billed as (
      select l.subscription_id as subscription, sum(l.net_cents) as billed
      from document_line l
      join document d on d.garden_id = l.garden_id and d.id = l.document_id and d.day <= ${until}
      where l.garden_id = app_garden() and l.account = ${advanceAccount} and l.subscription_id is not null
      group by 1
    )
    select b.subscription, concat_ws(' ', c.last_name, nullif(c.first_name, '')) as who, b.billed::bigint as billed, coalesce(m.consumed, 0)::bigint as consumed
    from billed b
    join subscription s on s.garden_id = app_garden() and s.id = b.subscription
    join customer c on c.garden_id = s.garden_id and c.id = s.customer_id
    left join moved m on m.subscription = b.subscription
    where coalesce(m.posted, false) = false and (b.billed <> 0 or coalesce(m.consumed, 0) <> 0)
    order by b.subscription`.execute(tx);
  return rows;
}

/**
 * The entries that move, at the end of a month (« 2025-10 »), what was received of baskets billed in advance from advances (419100) to sales: one per subscription,
 * for the journal OD, on the month's last day. Nothing is written. Eight queries.
 */
export async function consumptionEntries(tx: Tx, gardenId: number, month: string): Promise<Entry[]> {
  const day = lastOfMonth(`${month}-01`);
  const standing = await standings(tx, month, day);
  if (standing.length === 0) return [];
  const subscriptionIds = standing.map(({ subscription }) => subscription);
  const stored = await subscriptionsToBill(tx, { until: day, subscriptionIds });
  const known = new Map((await gathered(tx, gardenId, stored, { until: day })).map((one) => [one.id, one]));
  const products = await productsToBill(tx);
  const garden = await tx.selectFrom('garden').select('settings').where('id', '=', gardenId).executeTakeFirstOrThrow();
  const { vatLiable } = readSettings(garden.settings);
  const activities = await tx.selectFrom('activity').select(['id', 'code']).execute();
  const activityIds = new Map(activities.map(({ id, code }) => [code, id]));
  return standing.flatMap(({ who, ...one }) => {
    const subscription = known.get(one.subscription);
    if (!subscription) return [];
    const received = subscription.baskets.filter(({ date }) => date <= day);
    const settled =
      isOver(subscription, day) && subscriptionLines(subscription, day, products).every(({ kind }) => kind === 'delivery_fee');
    const advances = { ...one, usual: subscription.usual.product, received, settled };
    const entry = consumptionEntry(one.subscription, who, toConsume(advances, products, vatLiable), { month, day }, activityIds);
    return entry ?? [];
  });
}

/** Posts them. Asked twice, a month is moved once. @returns how many entries were added. */
export async function postConsumption(tx: Tx, gardenId: number, month: string): Promise<number> {
  return (await post(tx, 'OD', await consumptionEntries(tx, gardenId, month))).length;
}

import { sql } from 'kysely';
import { addCharges } from '#domains/billing/index.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { monthsToAsk } from '../rules/regular.ts';

export type Regular = {
  id: number;
  donor: number;
  customer: number | null;
  campaign: number | null;
  cents: Cents;
  way: 'bill' | 'transfer';
  startsOn: Day;
  endsOn: Day | null;
};

/** Monthly gifts of a donor, those that go on first. One query. */
export async function regularOf(tx: Tx, donor: number): Promise<Regular[]> {
  const { rows } = await sql<Regular>`
    select r.id, r.donor_id as donor, d.customer_id as customer, r.campaign_id as campaign, r.cents, r.way, r.starts_on as "startsOn", r.ends_on as "endsOn"
    from regular_gift r join donor d on d.garden_id = r.garden_id and d.id = r.donor_id
    where r.garden_id = app_garden() and r.donor_id = ${donor} order by r.ends_on nulls first, r.id desc`.execute(tx);
  return rows;
}

/** Keeps a monthly gift. With the bill of somebody who has no bills, it is a transfer that the garden waits for. Said twice, it is one. */
export async function addRegular(
  tx: Tx,
  gardenId: number,
  given: { donor: number; campaign: number | null; cents: Cents; way: 'bill' | 'transfer'; startsOn: Day; source: string },
): Promise<void> {
  await sql`
    insert into regular_gift (garden_id, donor_id, campaign_id, cents, way, starts_on, source)
    select ${gardenId}, d.id, ${given.campaign}, ${given.cents}, case when d.customer_id is null then 'transfer' else ${given.way} end, ${given.startsOn}, ${given.source}
    from donor d where d.garden_id = app_garden() and d.id = ${given.donor}
    on conflict (garden_id, source) where source is not null do nothing`.execute(tx);
}

/** Within a transaction: nothing is asked from the day after on. @param donor whose it must be. Twice, it acts once. */
export async function stopRegular(tx: Tx, id: number, donor: number, today: Day): Promise<Outcome<null>> {
  const { rows } = await sql`
    update regular_gift set ends_on = least(ends_on, greatest(starts_on, ${today}::date)), version = version + 1
    where garden_id = app_garden() and id = ${id} and donor_id = ${donor} returning id`.execute(tx);
  return rows.length > 0 ? done(null) : refuse('Ce don régulier n’existe pas.');
}

/** Staff stop a monthly gift for its donor. */
export function endRegular(actor: Actor, donor: number, id: number, today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'giving:change');
  return inGarden(actor, (tx) => stopRegular(tx, id, donor, today));
}

/**
 * What monthly gifts ask for up to this day and did not yet: a line of the next bill, which becomes a gift once it is paid, or a promise that the garden waits for.
 * Three statements, whatever their number.
 */
export async function askRegular(tx: Tx, gardenId: number, today: Day): Promise<void> {
  const { rows } = await sql<Regular>`
    select r.id, r.donor_id as donor, d.customer_id as customer, r.campaign_id as campaign, r.cents, r.way, r.starts_on as "startsOn", r.ends_on as "endsOn"
    from regular_gift r join donor d on d.garden_id = r.garden_id and d.id = r.donor_id
    where r.garden_id = app_garden() and r.starts_on <= ${today} order by r.id`.execute(tx);
  const asked = rows.flatMap((one) =>
    monthsToAsk(one, today).map((day) => ({ ...one, day, source: `regular:${one.id}:${day.slice(0, 7)}` })),
  );
  await addCharges(
    tx,
    gardenId,
    asked
      .filter(({ way }) => way === 'bill')
      .map(({ customer, cents, day, source }) => ({
        ...{ customer: customer!, kind: 'gift' as const, label: 'Don du mois', unitPrice: cents, billOn: day, source },
      })),
  );
  const promised = asked.filter(({ way }) => way === 'transfer');
  if (promised.length === 0) return;
  await sql`
    insert into gift (garden_id, donor_id, campaign_id, nature, origin, cents, day, state, counterpart, source)
    select ${gardenId}, a.donor, a.campaign, 'money', 'regular', a.cents, a.day, 'promised',
      coalesce((select c.counterpart <> '' from campaign c where c.garden_id = app_garden() and c.id = a.campaign), false), a.source
    from jsonb_to_recordset(${JSON.stringify(promised)}::jsonb) as a (donor bigint, campaign bigint, cents bigint, day date, source text)
    on conflict (garden_id, source) where source is not null do nothing`.execute(tx);
}

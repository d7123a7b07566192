import { sql } from 'kysely';
import { addMonths, type Day } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { log } from '#platform/log.ts';
import { keptMonths } from '../rules/retention.ts';

export type ForgottenGiving = { promises: number; donors: number; receipts: number };

/**
 * Every night: promises without news are given up; donors who gave nothing for long are forgotten, those who never gave anything sooner. Who is a customer is kept with
 * her own record, which goes by her wish (`forget_giving`). Receipts that are old enough say nobody any more: their number, day and amounts stay. Says what it did in the log. Asked again on the same day, nothing more is done.
 */
export function forgetOldDonors(actor: Actor, day: Day): Promise<ForgottenGiving> {
  requireRight(actor, 'giving:change');
  const [promise, last, made] = [keptMonths.promise, keptMonths.donor, keptMonths.receipt].map((months) => addMonths(day, -months)) as [
    Day,
    Day,
    Day,
  ];
  return inGarden(actor, async (tx) => {
    const { rows: promises } = await sql<{ id: number }>`
      update gift set state = 'cancelled', reason = 'Promesse restée sans suite.', version = version + 1
      where garden_id = app_garden() and state = 'promised' and day < ${promise} returning id`.execute(tx);
    const { rows } = await sql<{ donors: number }>`
      select erase_donors(array(
        select d.id from donor d
        left join customer c on c.garden_id = d.garden_id and c.id = d.customer_id and c.archived_at is null
        left join lateral (
          select max(g.day) filter (where g.state = 'received') as received, max(g.day) as any, bool_or(g.state = 'promised') as promised
          from gift g where g.garden_id = d.garden_id and g.donor_id = d.id
        ) g on true
        where d.garden_id = app_garden() and d.forgotten_on is null and c.id is null and g.promised is not true
          and not exists (select from regular_gift r where r.garden_id = d.garden_id and r.donor_id = d.id and coalesce(r.ends_on >= ${last}, true))
          and case when g.received is null then greatest(g.any, (d.created_at at time zone 'Europe/Paris')::date) < ${promise}::date
            else g.received < ${last}::date end
      ), ${day}) as donors`.execute(tx);
    const { rows: old } = await sql<{ receipts: number }>`select erase_receipts(${made}::date, ${day}::date) as receipts`.execute(tx);
    const forgotten = { promises: promises.length, donors: rows[0]!.donors, receipts: old[0]!.receipts };
    if (forgotten.promises + forgotten.donors + forgotten.receipts > 0)
      log.info({ part: 'giving', garden: actor.gardenId, ...forgotten }, 'Old promises, donors and receipts were forgotten');
    return forgotten;
  });
}

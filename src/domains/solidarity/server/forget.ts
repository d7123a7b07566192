import { sql } from 'kysely';
import { addMonths, type Day } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { log } from '#platform/log.ts';
import { keptMonths } from '../rules/retention.ts';
import { eraseReferrals } from './prescribing.ts';

export type Forgotten = { referrals: number; stays: number };

/**
 * Every night: what was said of people is erased once its time is over (`keptMonths`). Who had her own record erased lost it in the same act (`forget_help`).
 * What pays baskets stays, with the ledger. Says what it did in the log; `forgottenSoFar` tells it to the team.
 */
export function forgetOldHelp(actor: Actor, day: Day): Promise<Forgotten> {
  requireRight(actor, 'solidarity:change');
  const [refused, waiting, ended] = [keptMonths.refused, keptMonths.waiting, keptMonths.ended].map((months) => addMonths(day, -months)) as [
    Day,
    Day,
    Day,
  ];
  return inGarden(actor, async (tx) => {
    const { rows: old } = await sql<{ id: number }>`
      select r.id from referral r left join path p on p.garden_id = r.garden_id and p.id = r.path_id
      where r.garden_id = app_garden() and r.erased_on is null and (
        r.state in ('refused', 'withdrawn') and (r.handled_at at time zone 'Europe/Paris')::date < ${refused}::date
        or r.state in ('sent', 'waiting') and r.received_on < ${waiting}::date
        or r.state = 'accepted' and p.ends_on < ${ended}::date)`.execute(tx);
    const referrals = await eraseReferrals(
      tx,
      old.map(({ id }) => id),
      day,
    );
    const { rows } = await sql<{ stays: number }>`
      select erase_stays(array(select id from path where garden_id = app_garden() and ends_on < ${ended}::date)) as stays`.execute(tx);
    const forgotten = { referrals, stays: rows[0]!.stays };
    if (forgotten.referrals + forgotten.stays > 0)
      log.info({ part: 'solidarity', garden: actor.gardenId, ...forgotten }, 'What was said of people was erased');
    return forgotten;
  });
}

/** What was erased until now, by day, the latest first. One query. */
export function forgottenSoFar(actor: Actor): Promise<{ day: Day; many: number }[]> {
  requireRight(actor, 'solidarity:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<{ day: Day; many: number }>`
      select erased_on as day, count(*)::int as many from referral where garden_id = app_garden() and erased_on is not null
      group by erased_on order by erased_on desc limit 12`.execute(tx);
    return rows;
  });
}

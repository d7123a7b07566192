import { sql } from 'kysely';
import { notify } from '#domains/messages/index.server.ts';
import { lockPlan } from '#domains/subscriptions/index.server.ts';
import { addDays, type Day, sayDayAndYear } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { log } from '#platform/log.ts';
import { NOTICE_DAYS, TOLD_AHEAD_DAYS } from '../rules/referral.ts';
import { sayNext } from '../rules/term.ts';
import { subscriptionsOf } from './paths.ts';
import { endsSoonForPrescriber, stayLetters } from './referral-letters.ts';
import { endSubscriptionOf } from './stays.ts';

/** Days before a term from which what was agreed is held to: baskets of the days after are not prepared yet. */
const SETTLED_AHEAD_DAYS = 10;

export type Told = { people: number; prescribers: number; unreached: number };

/** Every night: people whose term comes are told what follows, and so is who sent them; each once. Who cannot be written to is left for somebody to call. */
export function tellTerms(actor: Actor, day: Day): Promise<Told> {
  requireRight(actor, 'solidarity:change');
  return inGarden(actor, async (tx) => {
    const people = await tellPeople(tx, actor.gardenId, day);
    return { ...people, prescribers: await tellPrescribers(tx, actor.gardenId, day) };
  });
}

const coming = (day: Day) => sql`p.garden_id = app_garden() and p.subscription_id is not null and p.ended_at is null
  and p.starts_on <= ${day} and p.ends_on between ${day} and ${addDays(day, TOLD_AHEAD_DAYS)}
  and not exists (select from path n where n.garden_id = p.garden_id and n.renewed_from = p.id)`;

async function tellPeople(tx: Tx, gardenId: number, day: Day): Promise<Omit<Told, 'prescribers'>> {
  const { rows } = await sql<{ id: number; reached: boolean }>`
    with found as (
      select p.garden_id, p.id, c.email <> '' as reached from path p join customer c on c.garden_id = p.garden_id and c.id = p.customer_id
      where ${coming(day)} and not exists (select from path_notice t where t.garden_id = p.garden_id and t.path_id = p.id and t.addressee = 'person')
      for update of p
    )
    insert into path_notice (garden_id, path_id, addressee, reached, day) select garden_id, id, 'person', reached, ${day} from found
    on conflict do nothing returning path_id as id, reached`.execute(tx);
  const reached = rows.filter((one) => one.reached).map(({ id }) => id);
  const letters = await stayLetters(tx, reached);
  await notify(
    tx,
    gardenId,
    [...letters].map(([id, one]) => ({
      ...{ event: 'path_ends_soon' as const, customerId: one.customerId, about: `path:${id}` },
      variables: { fin: sayDayAndYear(one.endsOn), suite: sayNext(one.atEnd, one.priceCents), orientee: one.referred ? 'oui' : '' },
    })),
  );
  return { people: reached.length, unreached: rows.length - reached.length };
}

async function tellPrescribers(tx: Tx, gardenId: number, day: Day): Promise<number> {
  const { rows } = await sql<{ id: number; email: string; name: string; referral: number; endsOn: Day }>`
    with found as (
      select distinct on (p.id) p.garden_id, p.id, p.ends_on, w.email, w.name, r.id as referral from path p
      join referral r on r.garden_id = p.garden_id and r.path_id = p.id
      join prescriber_person w on w.garden_id = r.garden_id and w.id = r.person_id and w.archived_at is null
      where ${coming(day)} and not exists (select from referral n where n.garden_id = p.garden_id and n.renews_path_id = p.id)
      order by p.id, r.id
    ), noted as (
      insert into path_notice (garden_id, path_id, addressee, reached, day) select garden_id, id, 'prescriber', true, ${day} from found
      on conflict do nothing returning path_id
    )
    select f.id, f.email, f.name, f.referral, f.ends_on as "endsOn" from found f join noted n on n.path_id = f.id`.execute(tx);
  for (const { email, name, referral, endsOn } of rows) await endsSoonForPrescriber(tx, gardenId, { email, name, referral, endsOn });
  return rows.length;
}

/**
 * Every night: what was agreed for the end is held to. Where the ordinary price was to follow, and the person was not told of it in time, her baskets end with
 * the term instead: a full price never comes unannounced. @returns how many subscriptions were ended so.
 */
export function holdTerms(actor: Actor, day: Day): Promise<number> {
  requireRight(actor, 'solidarity:change');
  return inGarden(actor, async (tx) => {
    await lockPlan(tx, actor.gardenId);
    const { rows } = await sql<{ id: number; endsOn: Day }>`
      select distinct p.id, p.ends_on as "endsOn" from path p join ${subscriptionsOf}
      join subscription s on s.garden_id = o.garden_id and s.id = o.subscription_id
      where p.garden_id = app_garden() and p.at_end = 'ordinary' and p.ended_at is null and s.ends_on > p.ends_on
        and p.ends_on between ${addDays(day, -1)} and ${addDays(day, SETTLED_AHEAD_DAYS)}
        and not exists (select from path n where n.garden_id = p.garden_id and n.renewed_from = p.id)
        and not exists (select from path_notice t where t.garden_id = p.garden_id and t.path_id = p.id and t.addressee = 'person' and t.reached
          and t.day <= p.ends_on - ${NOTICE_DAYS}::int)
      order by p.id`.execute(tx);
    let ended = 0;
    for (const { id, endsOn } of rows) {
      const outcome = await endSubscriptionOf(tx, actor.gardenId, id, endsOn, day);
      if (outcome.ok) ended += 1;
      else log.warn({ part: 'solidarity', garden: actor.gardenId, path: id }, 'A subscription could not be ended with its term');
    }
    return ended;
  });
}

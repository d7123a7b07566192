import { type RawBuilder, sql } from 'kysely';
import { type Day, weekOf } from '#kernel/day.ts';
import type { Tx } from '#platform/db/index.ts';

/** What still hangs on some slots. */
type Needs = { subscriptions: number; baskets: number; replaces: number; offers: number };

/**
 * Why some slots cannot be put away, in French with counts; null when nothing hangs on them: running or coming subscriptions (now or after a
 * change to come), baskets of coming deliveries, closings of other slots that send theirs here, places offered.
 * @param slots a query of slot ids.
 */
export async function sayNeeds(tx: Tx, slots: RawBuilder<unknown>, today: Day): Promise<string | null> {
  const { year, week } = weekOf(today);
  const { rows } = await sql<Needs>`
    with s as materialized (${slots})
    select
      (select count(*)::int from (
        select a.id from subscription_on(${today}) a where a.garden_id = app_garden() and a.ends_on >= ${today} and a.slot_id in (select id from s)
        union
        select c.subscription_id from subscription_change c
        join subscription a on a.garden_id = c.garden_id and a.id = c.subscription_id and a.ends_on >= ${today}
        where c.garden_id = app_garden() and c.withdrawn_at is null and c.slot_id in (select id from s) and (c.from_year, c.from_week) >= (${year}::int, ${week}::int)
      ) running) as subscriptions,
      (select coalesce(sum(b.quantity), 0)::int from basket b join delivery l on l.garden_id = b.garden_id and l.id = b.delivery_id
        where b.garden_id = app_garden() and b.slot_id in (select id from s) and l.date >= ${today}) as baskets,
      (select count(*)::int from slot_closing where garden_id = app_garden() and withdrawn_at is null and until_on >= ${today}
        and replacement_slot_id in (select id from s) and slot_id not in (select id from s)) as replaces,
      (select count(*)::int from waiting_entry where garden_id = app_garden() and state = 'offered' and offered_until >= ${today}
        and offered_slot_id in (select id from s)) as offers`.execute(tx);
  const { subscriptions, baskets, replaces, offers } = rows[0]!;
  const told = [
    count(subscriptions, 'abonnement en cours ou à venir', 'abonnements en cours ou à venir'),
    count(baskets, 'panier à livrer', 'paniers à livrer'),
    count(replaces, 'fermeture d’un autre dépôt qui y renvoie', 'fermetures d’autres dépôts qui y renvoient'),
    count(offers, 'place proposée sur la liste d’attente', 'places proposées sur la liste d’attente'),
  ].filter((part) => part !== null);
  return told.length ? told.join(', ') : null;
}

const count = (number: number, one: string, many: string) => (number === 0 ? null : `${number} ${number === 1 ? one : many}`);

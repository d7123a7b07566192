import { sql } from 'kysely';
import { addOwnShare, endOwnShare } from '#domains/billing/index.server.ts';
import { addDays, type Day, sayDayAndYear } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import type { Tx } from '#platform/db/index.ts';
import { type Affiliation, mostOfPerson, personPart } from '../rules/shares.ts';

/**
 * A person's stay in a programme. Each is called within a transaction whose command checked `solidarity:change`; together with what it causes (the
 * subscription, a letter) it is done or not at all.
 */

export type AtEnd = 'ends' | 'ordinary' | 'renewal';

export type NewPath = {
  programmeId: number;
  customerId: number;
  /** Null while it waits for its subscription: `beginPath` says it later. */
  subscriptionId: number | null;
  affiliation: Affiliation;
  place: string;
  household: number | null;
  /** Tier or reference that the prescriber gives; nothing else is kept of a person's means. */
  reference: string;
  startsOn: Day;
  endsOn: Day;
  atEnd: AtEnd;
  renewedFrom?: number | null;
};

type Rule = { cents: Cents | null; basisPoints: number; startsOn: Day; endsOn: Day | null; archived: boolean; name: string };

/** How what is agreed for a stay is known to billing. */
export const sourceOf = (path: number) => `path:${path}`;

/**
 * Subscriptions of stays `p`: the one each began with, and those that carried it on, whoever renewed them: their price went along (`own_share`), and says from
 * when to when. Join it, then read `o.subscription_id`.
 */
export const subscriptionsOf = sql`own_share o on o.garden_id = p.garden_id and o.source = 'path:' || p.id`;
/** The last of them: null for a stay that has none yet. A scalar. */
export const lastSubscription = sql`coalesce((select o.subscription_id from own_share o where o.garden_id = p.garden_id and o.source = 'path:' || p.id
  order by o.starts_on desc, o.id desc limit 1), p.subscription_id)`;

/** Begins a stay. The customer owes her own part of baskets from its first day to its last; funders owe the rest (`settle`). */
export async function startPath(tx: Tx, gardenId: number, path: NewPath): Promise<Outcome<{ id: number }>> {
  const rule = await ruleOf(tx, path.programmeId);
  if (!rule || rule.archived) return refuse('Ce programme n’existe pas, ou n’est plus utilisé.', { programme: 'Choisissez-en un autre.' });
  if (path.endsOn < path.startsOn) return refuse('La fin vient avant le début.', { endsOn: 'Avant le début.' });
  if (path.startsOn < rule.startsOn) {
    const why = `${rule.name} commence le ${sayDayAndYear(rule.startsOn)}.`;
    return refuse(why, { startsOn: why });
  }
  if (rule.endsOn && path.endsOn > rule.endsOn) {
    const why = `${rule.name} s’arrête le ${sayDayAndYear(rule.endsOn)} : le parcours ne peut pas finir après.`;
    return refuse(why, { endsOn: why });
  }
  const { rows } = await sql<{ id: number }>`
    insert into path (garden_id, programme_id, customer_id, affiliation, place, household, reference, starts_on, ends_on, at_end, renewed_from)
    values (${gardenId}, ${path.programmeId}, ${path.customerId}, ${path.affiliation}, ${path.place}, ${path.household}, ${path.reference},
      ${path.startsOn}, ${path.endsOn}, ${path.atEnd}, ${path.renewedFrom ?? null}) returning id`.execute(tx);
  const id = rows[0]!.id;
  if (path.subscriptionId !== null) {
    const begun = await beginPath(tx, gardenId, id, path.subscriptionId);
    if (!begun.ok) {
      await sql`delete from path where garden_id = app_garden() and id = ${id}`.execute(tx);
      return begun;
    }
  }
  return done({ id });
}

type Waiting = {
  customerId: number;
  programmeId: number;
  startsOn: Day;
  endsOn: Day;
  atEnd: AtEnd;
  subscriptionId: number | null;
};

/** Gives a stay its subscription. One that goes on after the stay is refused, unless its ordinary price afterwards was agreed. */
export async function beginPath(tx: Tx, gardenId: number, id: number, subscriptionId: number): Promise<Outcome<null>> {
  const path = await pathOf(tx, id);
  if (!path) return refuse('Ce parcours n’existe pas.');
  if (path.subscriptionId !== null)
    return path.subscriptionId === subscriptionId ? done(null) : refuse('Ce parcours a déjà son abonnement.');
  const { rows } = await sql<{ customerId: number; endsOn: Day; price: Cents; covered: boolean; planIds: number[] | null }>`
    select s.customer_id as "customerId", s.ends_on as "endsOn", s.price_cents as price,
      not exists (select from programme_plan p where p.garden_id = app_garden() and p.programme_id = ${path.programmeId})
        or exists (select from programme_plan p where p.garden_id = app_garden() and p.programme_id = ${path.programmeId} and p.plan_id = s.plan_id) as covered,
      (select array_agg(p.plan_id order by p.plan_id) from programme_plan p where p.garden_id = app_garden() and p.programme_id = ${path.programmeId}) as "planIds"
    from subscription_on(${path.startsOn}) s where s.garden_id = app_garden() and s.id = ${subscriptionId}`.execute(tx);
  const [subscription] = rows;
  if (subscription?.customerId !== path.customerId) return refuse('Cet abonnement n’est pas celui de cette personne.');
  if (!subscription.covered) return refuse('Cette formule n’est pas dans le programme.', { plan: 'Choisissez-en une autre.' });
  if (path.atEnd !== 'ordinary' && subscription.endsOn > path.endsOn) {
    const why = `L’abonnement continue jusqu’au ${sayDayAndYear(subscription.endsOn)}, après la fin du parcours : arrêtez-le le ${sayDayAndYear(path.endsOn)}, ou convenez du prix ordinaire ensuite.`;
    return refuse(why, { endsOn: why });
  }
  const rule = (await ruleOf(tx, path.programmeId))!;
  const own = personPart(subscription.price, rule);
  if (own * 10_000 > subscription.price * mostOfPerson)
    throw new Error(`A person of the programme ${path.programmeId} would pay more than 30 %.`);
  const share = { subscriptionId, startsOn: path.startsOn, endsOn: path.endsOn, cents: rule.cents, basisPoints: rule.basisPoints };
  const goesOn = path.atEnd === 'ordinary';
  const written = await addOwnShare(tx, gardenId, { ...share, goesOn, planIds: subscription.planIds, source: sourceOf(id) });
  if (!written.ok) return written;
  await sql`update path set subscription_id = ${subscriptionId}, version = version + 1 where garden_id = app_garden() and id = ${id}`.execute(
    tx,
  );
  return done(null);
}

/**
 * Ends a stay on a day, this day included, earlier than agreed. What becomes of the subscription is for the caller to have done, or agreed, in the same
 * transaction: from the next day on it is owed at its ordinary price.
 */
export async function endPath(tx: Tx, id: number, { on, reason }: { on: Day; reason: string }): Promise<Outcome<null>> {
  const path = await pathOf(tx, id);
  if (!path) return refuse('Ce parcours n’existe pas.');
  if (on < path.startsOn || on > path.endsOn) {
    const why = `Choisissez un jour entre le ${sayDayAndYear(path.startsOn)} et le ${sayDayAndYear(path.endsOn)}.`;
    return refuse(why, { on: why });
  }
  await sql`
    update path set ends_on = ${on}, ended_at = coalesce(ended_at, now()), end_reason = ${reason}, version = version + 1
    where garden_id = app_garden() and id = ${id}`.execute(tx);
  await endOwnShare(tx, sourceOf(id), on);
  return done(null);
}

/** A stay that carries another on, from the day after it: the same person and facts, in the same programme. Asked twice, it is one. */
export async function renewPath(
  tx: Tx,
  gardenId: number,
  id: number,
  renewal: { endsOn: Day; atEnd: AtEnd; subscriptionId: number | null },
): Promise<Outcome<{ id: number }>> {
  const { rows } = await sql<Omit<NewPath, 'subscriptionId' | 'atEnd'> & { renewed: number | null }>`
    select p.programme_id as "programmeId", p.customer_id as "customerId", p.affiliation, p.place, p.household, p.reference, p.ends_on as "endsOn",
      (select r.id from path r where r.garden_id = p.garden_id and r.renewed_from = p.id) as renewed
    from path p where p.garden_id = app_garden() and p.id = ${id} for update of p`.execute(tx);
  const [old] = rows;
  if (!old) return refuse('Ce parcours n’existe pas.');
  if (old.renewed !== null) return done({ id: old.renewed });
  return startPath(tx, gardenId, { ...old, ...renewal, startsOn: addDays(old.endsOn, 1), renewedFrom: id });
}

async function ruleOf(tx: Tx, programmeId: number): Promise<Rule | undefined> {
  const { rows } = await sql<Rule>`
    select person_cents as cents, person_basis_points as "basisPoints", starts_on as "startsOn", ends_on as "endsOn", archived_at is not null as archived, name
    from programme where garden_id = app_garden() and id = ${programmeId}`.execute(tx);
  return rows[0];
}

async function pathOf(tx: Tx, id: number): Promise<Waiting | undefined> {
  const { rows } = await sql<Waiting>`
    select customer_id as "customerId", programme_id as "programmeId", subscription_id as "subscriptionId", starts_on as "startsOn", ends_on as "endsOn",
      at_end as "atEnd"
    from path where garden_id = app_garden() and id = ${id} for update`.execute(tx);
  return rows[0];
}

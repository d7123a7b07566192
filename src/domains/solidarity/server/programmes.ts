import { sql } from 'kysely';
import { coverPlans } from '#domains/billing/index.server.ts';
import { addDays, type Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { type ShareRule, whyNotShares } from '../rules/shares.ts';
import { type ProgrammeValues, sharesTyped } from '../schema.ts';
import { feedEnvelope } from './envelopes.ts';
import { sourceOf } from './paths.ts';
import { lockSolidarity, settle } from './settle.ts';

export type ProgrammeRow = {
  id: number;
  name: string;
  startsOn: Day;
  endsOn: Day | null;
  personCents: Cents | null;
  personBasisPoints: number;
  termMonths: number;
  whenShort: 'stop' | 'next' | 'allow';
  warnBasisPoints: number;
  note: string;
  version: number;
  archived: boolean;
  planIds: number[];
  shares: ShareRule[];
  /** Stays that hold today. */
  people: number;
};
export type PlanChoice = { id: number; name: string; price: Cents };

/** Programmes, those in use first. One query. */
export function programmes(actor: Actor, today: Day): Promise<ProgrammeRow[]> {
  requireRight(actor, 'solidarity:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<ProgrammeRow>`
      select p.id, p.name, p.starts_on as "startsOn", p.ends_on as "endsOn", p.person_cents as "personCents", p.person_basis_points as "personBasisPoints",
        p.term_months as "termMonths", p.when_short as "whenShort", p.warn_basis_points as "warnBasisPoints", p.note, p.version, p.archived_at is not null as archived,
        coalesce((select jsonb_agg(plan_id order by plan_id) from programme_plan n where n.garden_id = p.garden_id and n.programme_id = p.id), '[]') as "planIds",
        coalesce((select jsonb_agg(jsonb_build_object('funder', s.funder_id, 'kind', s.kind, 'cents', s.cents, 'basisPoints', s.basis_points,
          'affiliation', s.affiliation, 'place', s.place) order by s.position) from programme_share s
          where s.garden_id = p.garden_id and s.programme_id = p.id), '[]') as shares,
        (select count(distinct h.customer_id)::integer from path h where h.garden_id = p.garden_id and h.programme_id = p.id and h.subscription_id is not null
          and ${today}::date between h.starts_on and h.ends_on) as people
      from programme p where p.garden_id = app_garden() order by p.archived_at is not null, p.ends_on desc nulls first, search_text(p.name)`.execute(
      tx,
    );
    return rows;
  });
}

/** Plans of baskets with their price on a day. One query. */
export function planChoices(actor: Actor, today: Day): Promise<PlanChoice[]> {
  requireRight(actor, 'solidarity:read');
  return readInGarden(actor, (tx) => plansOn(tx, today));
}

async function plansOn(tx: Tx, day: Day): Promise<PlanChoice[]> {
  const { rows } = await sql<PlanChoice>`
    select p.id, p.name || coalesce(', ' || s.name, '') as name, r.price_cents as price
    from plan p
    join product o on o.garden_id = p.garden_id and o.id = p.product_id and o.kind = 'basket'
    left join season s on s.garden_id = p.garden_id and s.id = p.season_id
    cross join lateral (select price_cents from plan_price r where r.garden_id = p.garden_id and r.plan_id = p.id and r.starts_on <= ${day}
      order by r.starts_on desc limit 1) r
    where p.garden_id = app_garden() and p.archived_at is null order by p.position, p.id`.execute(tx);
  return rows;
}

/**
 * Adds a programme (`id` null) or changes one. What was received up to yesterday is settled first, by what was agreed until now; stays that hold keep the
 * person's part they began with, and may go along with subscriptions of the plans that are covered now.
 */
export function saveProgramme(actor: Actor, id: number | null, values: ProgrammeValues, today: Day): Promise<Outcome<{ id: number }>> {
  requireRight(actor, 'solidarity:change');
  const { shares, errors } = sharesTyped(values);
  if (values.endsOn && values.endsOn < values.startsOn) errors.endsOn = 'Avant le début.';
  if (Object.keys(errors).length > 0) return Promise.resolve(refuse('Quelques réponses sont à revoir.', errors));
  return inGarden(actor, async (tx) => {
    await settle(tx, actor.gardenId, addDays(today, -1));
    const plans = await plansOn(tx, today);
    const covered = values.plans.length > 0 ? plans.filter((plan) => values.plans.includes(plan.id)) : plans;
    const person = { cents: values.personCents, basisPoints: values.personPercent };
    const why = whyNotShares(
      person,
      shares,
      covered.map(({ price }) => price),
    );
    if (why)
      return refuse(why.reason, {
        [why.field === 'shares' ? 'funder1' : values.personCents === null ? 'personPercent' : 'personCents']: why.reason,
      });
    const { rows: same } = await sql`
      select from programme where garden_id = app_garden() and search_text(name) = search_text(${values.name}) and id is distinct from ${id}`.execute(
      tx,
    );
    if (same.length > 0) return refuse('Un programme porte déjà ce nom.', { name: 'Choisissez un autre nom.' });
    const saved = await write(tx, actor.gardenId, id, values);
    if (saved === null)
      return refuse(
        'Ce programme vient d’être modifié par quelqu’un d’autre. Votre saisie est gardée : relisez la fiche, puis enregistrez à nouveau.',
      );
    await sql`delete from programme_plan where garden_id = app_garden() and programme_id = ${saved} and plan_id <> all(${values.plans}::bigint[])`.execute(
      tx,
    );
    await sql`insert into programme_plan (garden_id, programme_id, plan_id) select ${actor.gardenId}, ${saved}, p.id from plan p
      where p.garden_id = app_garden() and p.id = any(${values.plans}::bigint[]) on conflict do nothing`.execute(tx);
    await sql`delete from programme_share where garden_id = app_garden() and programme_id = ${saved}`.execute(tx);
    await sql`
      insert into programme_share (garden_id, programme_id, position, funder_id, kind, cents, basis_points, affiliation, place)
      select ${actor.gardenId}::integer, ${saved}, r.position, r.funder, r.kind, r.cents, r."basisPoints", r.affiliation, r.place
      from jsonb_to_recordset(${JSON.stringify(shares.map((share, index) => ({ ...share, position: index + 1 })))}::jsonb)
        as r (position integer, funder bigint, kind text, cents bigint, "basisPoints" integer, affiliation text, place text)`.execute(tx);
    const { rows: stays } = await sql<{ id: number }>`
      select id from path where garden_id = app_garden() and programme_id = ${saved} and ends_on >= ${today}`.execute(tx);
    await coverPlans(tx, stays.map(({ id }) => sourceOf(id)), values.plans.length > 0 ? values.plans : null, today); // biome-ignore format: one line reads better
    return done({ id: saved });
  });
}

async function write(tx: Tx, gardenId: number, id: number | null, values: ProgrammeValues): Promise<number | null> {
  const { name, startsOn, endsOn, personCents, personPercent, termMonths, whenShort, warnPercent, note, version } = values;
  const { rows } =
    id === null
      ? await sql<{ id: number }>`
          insert into programme (garden_id, name, starts_on, ends_on, person_cents, person_basis_points, term_months, when_short, warn_basis_points, note)
          values (${gardenId}, ${name}, ${startsOn}, ${endsOn}, ${personCents}, ${personPercent}, ${termMonths}, ${whenShort}, ${warnPercent}, ${note}) returning id`.execute(
          tx,
        )
      : await sql<{ id: number }>`
          update programme set name = ${name}, starts_on = ${startsOn}, ends_on = ${endsOn}, person_cents = ${personCents}, person_basis_points = ${personPercent},
            term_months = ${termMonths}, when_short = ${whenShort}, warn_basis_points = ${warnPercent}, note = ${note}, version = version + 1
          where garden_id = app_garden() and id = ${id} and version = ${version} returning id`.execute(tx);
  return rows[0]?.id ?? null;
}

/** Puts more money, or more baskets, into a programme. The form sent twice feeds it once; baskets that waited for it are paid at once. */
export function addEnvelope(
  actor: Actor,
  programmeId: number,
  values: { funderId: number; startsOn: Day; endsOn: Day | null; cents: Cents | null; baskets: number | null; note: string; key: string },
  today: Day,
): Promise<Outcome<{ id: number }>> {
  requireRight(actor, 'solidarity:change');
  const { key, ...feed } = values;
  return inGarden(actor, async (tx) => {
    const fed = await feedEnvelope(tx, actor.gardenId, { ...feed, programmeId, source: `form:${key}` });
    if (fed.ok) await settle(tx, actor.gardenId, addDays(today, -1));
    return fed;
  });
}

/** Takes back an envelope that was written by mistake: only as long as nothing was drawn of it. */
export function withdrawEnvelope(actor: Actor, programmeId: number, envelope: number): Promise<Outcome<null>> {
  requireRight(actor, 'solidarity:change');
  return inGarden(actor, async (tx) => {
    await lockSolidarity(tx, actor.gardenId);
    const { numAffectedRows } = await sql`
      update programme_envelope e set withdrawn_at = coalesce(withdrawn_at, now()), version = version + 1
      where garden_id = app_garden() and programme_id = ${programmeId} and id = ${envelope} and (source is null or source like 'form:%')
        and not exists (select from payer_line l where l.garden_id = app_garden() and l.envelope_id = e.id)`.execute(tx);
    return numAffectedRows ? done(null) : refuse('Des paniers ont déjà été payés par cette enveloppe : elle ne se retire plus.');
  });
}

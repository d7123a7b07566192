import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { FunderKind, Treatment } from '#platform/db/schema-solidarity.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import type { FunderValues } from '../schema.ts';

export type FunderRow = {
  id: number;
  name: string;
  kind: FunderKind;
  customerId: number | null;
  reference: string;
  version: number;
  archived: boolean;
  /** What it owes that was not claimed, what it was asked for so far, and what it pays of baskets and workshops in all, in cents. */
  unclaimed: Cents;
  claimed: Cents;
  paysInAll: Cents;
};
export type FunderPage = FunderRow & { treatments: { startsOn: Day; treatment: Treatment }[] };
export type Organisation = { id: number; name: string; number: string };

/** Funders with where they stand, those in use first. One query. */
export function funders(actor: Actor): Promise<FunderRow[]> {
  requireRight(actor, 'solidarity:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<FunderRow>`
      select f.id, f.name, f.kind, f.customer_id as "customerId", f.reference, f.version, f.archived_at is not null as archived,
        (coalesce(l.unclaimed, 0) + coalesce(w.unclaimed, 0))::bigint as unclaimed, coalesce(c.claimed, 0)::bigint as claimed,
        (coalesce(l.cents, 0) + coalesce(w.cents, 0))::bigint as "paysInAll"
      from funder f
      left join (
        select l.funder_id, sum(l.cents) as cents, sum(l.cents) filter (where l.treatment is not null and c.id is null) as unclaimed
        from payer_line l left join claim_line c on c.garden_id = l.garden_id and c.payer_line_id = l.id
        where l.garden_id = app_garden() and l.funder_id is not null group by l.funder_id
      ) l on l.funder_id = f.id
      left join (
        select w.funder_id, sum(w.cents) as cents, sum(w.cents) filter (where c.id is null) as unclaimed
        from cost_line w left join claim_cost_line c on c.garden_id = w.garden_id and c.cost_line_id = w.id
        where w.garden_id = app_garden() group by w.funder_id
      ) w on w.funder_id = f.id
      left join (select funder_id, sum(cents) as claimed from claim where garden_id = app_garden() group by funder_id) c on c.funder_id = f.id
      where f.garden_id = app_garden() order by f.archived_at is not null, search_text(f.name)`.execute(tx);
    return rows;
  });
}

/** One of them, with how it is treated; null when there is none. Two queries. */
export async function funder(actor: Actor, id: number): Promise<FunderPage | null> {
  requireRight(actor, 'solidarity:read');
  const one = (await funders(actor)).find((row) => row.id === id);
  if (!one) return null;
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<FunderPage['treatments'][number]>`
      select starts_on as "startsOn", treatment from funder_treatment where garden_id = app_garden() and funder_id = ${id} order by starts_on`.execute(
      tx,
    );
    return { ...one, treatments: rows };
  });
}

/** Customer records that a funder may be: organisations. One query. */
export function organisations(actor: Actor): Promise<Organisation[]> {
  requireRight(actor, 'solidarity:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<Organisation>`
      select id, last_name as name, number from customer
      where garden_id = app_garden() and kind = 'organisation' and archived_at is null and not technical order by search_text(last_name), id`.execute(
      tx,
    );
    return rows;
  });
}

/** Adds a funder (`id` null) or changes one. Its treatment of VAT holds from a day on: what was said for the days before stays. */
export function saveFunder(actor: Actor, id: number | null, values: FunderValues, today: Day): Promise<Outcome<{ id: number }>> {
  requireRight(actor, 'solidarity:change');
  const { name, kind, reference, treatment, treatmentOn, version } = values;
  const claims = kind !== 'garden' && kind !== 'donations';
  if (claims && values.customerId === null)
    return Promise.resolve(
      refuse('Dites à quelle fiche client adresser ce qui lui est demandé.', { customerId: 'Choisissez une organisation.' }),
    );
  const customerId = claims ? values.customerId : null;
  return inGarden(actor, async (tx) => {
    const { rows: same } = await sql<{ id: number }>`
      select id from funder where garden_id = app_garden() and search_text(name) = search_text(${name}) and id is distinct from ${id}`.execute(
      tx,
    );
    if (same.length > 0) return refuse('Un financeur porte déjà ce nom.', { name: 'Choisissez un autre nom.' });
    const { rows: known } = await sql`
      select from customer where garden_id = app_garden() and id = ${customerId} and kind = 'organisation'`.execute(tx);
    if (customerId !== null && known.length === 0)
      return refuse('Cette fiche n’est pas celle d’une organisation.', { customerId: 'Choisissez-en une autre.' });
    const { rows } =
      id === null
        ? await sql<{ id: number }>`
            insert into funder (garden_id, name, kind, customer_id, reference) values (${actor.gardenId}, ${name}, ${kind}, ${customerId}, ${reference}) returning id`.execute(
            tx,
          )
        : await sql<{ id: number }>`
            update funder set name = ${name}, kind = ${kind}, customer_id = ${customerId}, reference = ${reference}, version = version + 1
            where garden_id = app_garden() and id = ${id} and version = ${version}
              and (kind = ${kind} or not exists (select from payer_line l where l.garden_id = app_garden() and l.funder_id = funder.id)) returning id`.execute(
            tx,
          );
    if (!rows[0])
      return refuse(
        'Ce financeur vient d’être modifié par quelqu’un d’autre, ou paie déjà des paniers sous une autre nature. Relisez la fiche, puis recommencez.',
      );
    if (claims)
      await sql`
        insert into funder_treatment (garden_id, funder_id, starts_on, treatment) values (${actor.gardenId}, ${rows[0].id}, ${treatmentOn ?? today}, ${treatment})
        on conflict (garden_id, funder_id, starts_on) do update set treatment = excluded.treatment where funder_treatment.treatment <> excluded.treatment`.execute(
        tx,
      );
    return done({ id: rows[0].id });
  });
}

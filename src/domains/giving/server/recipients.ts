import { sql } from 'kysely';
import { addCustomer } from '#domains/customers/index.server.ts';
import { changedMeanwhile, differingFields } from '#kernel/conflict.ts';
import type { Day } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import type { RecipientValues } from '../schema.ts';

/** Organisations to which customers give their baskets. */

export type Recipient = {
  id: number;
  version: number;
  customer: number;
  name: string;
  slot: number;
  place: string;
  about: string;
  archived: boolean;
  /** Baskets received up to a day, and to come. */
  received: number;
  coming: number;
};
type Choice = { id: number; name: string };
export type RecipientsPage = { recipients: Recipient[]; organisations: Choice[]; places: Choice[] };

const placeName = sql`d.name || case when o.name = '' then '' else ' (' || o.name || ')' end || case when t.name = d.name then '' else ' · ' || t.name end`;

/** All of them, with whom and where may be chosen for another. Three queries. */
export function recipientsPage(actor: Actor, today: Day): Promise<RecipientsPage> {
  requireRight(actor, 'giving:read');
  return readInGarden(actor, async (tx) => {
    const [recipients, organisations, places] = await Promise.all([
      sql<Recipient>`
        select r.id, r.version, r.customer_id as customer, trim(c.first_name || ' ' || c.last_name) as name, r.slot_id as slot, ${placeName} as place, r.about,
          r.archived_at is not null as archived, coalesce(b.received, 0) as received, coalesce(b.coming, 0) as coming
        from recipient r
        join customer c on c.garden_id = r.garden_id and c.id = r.customer_id
        join slot o on o.garden_id = r.garden_id and o.id = r.slot_id
        join depot d on d.garden_id = o.garden_id and d.id = o.depot_id
        join tour t on t.garden_id = o.garden_id and t.id = o.tour_id
        left join lateral (
          select (sum(b.quantity) filter (where l.date < ${today}))::int as received, (sum(b.quantity) filter (where l.date >= ${today}))::int as coming
          from subscription s
          join basket b on b.garden_id = s.garden_id and b.subscription_id = s.id
          join delivery l on l.garden_id = b.garden_id and l.id = b.delivery_id
          where s.garden_id = r.garden_id and s.customer_id = r.customer_id and s.frequency = 'given'
        ) b on true
        where r.garden_id = app_garden() order by r.archived_at is not null, c.search, r.id`.execute(tx),
      sql<Choice>`
        select c.id, c.last_name as name from customer c
        where c.garden_id = app_garden() and c.kind = 'organisation' and c.archived_at is null and not c.technical
          and not exists (select from recipient r where r.garden_id = c.garden_id and r.customer_id = c.id) order by c.search, c.id`.execute(
        tx,
      ),
      sql<Choice>`
        select o.id, ${placeName} as name from slot o
        join depot d on d.garden_id = o.garden_id and d.id = o.depot_id and d.archived_at is null
        join tour t on t.garden_id = o.garden_id and t.id = o.tour_id and t.archived_at is null
        where o.garden_id = app_garden() and o.archived_at is null order by search_text(d.name), t.position, o.id`.execute(tx),
    ]);
    return { recipients: recipients.rows, organisations: organisations.rows, places: places.rows };
  });
}

/** An organisation is proposed to who gives a basket: one that is a customer already, or a new record. The same twice is one. */
export function addRecipient(actor: Actor, values: RecipientValues & { customer: number | null; name: string }): Promise<Outcome<null>> {
  requireRight(actor, 'giving:change');
  return inGarden(actor, async (tx) => {
    // Two forms at once wait for each other.
    await sql`select pg_advisory_xact_lock(43, ${actor.gardenId}::integer)`.execute(tx);
    if (!(await slotThere(tx, values.slot)))
      return refuse('Ce point de dépôt n’est plus servi.', { slot: 'Choisissez un des points de dépôt.' });
    const customer = values.customer ?? (values.name ? await named(tx, actor.gardenId, values.name) : null);
    if (customer === null) return refuse('Dites quelle organisation.', { name: 'Choisissez-en une plus haut, ou écrivez son nom.' });
    const { rows } = await sql`
      select from customer where garden_id = app_garden() and id = ${customer} and kind = 'organisation' and archived_at is null and not technical`.execute(
      tx,
    );
    if (rows.length === 0) return refuse('Cette organisation n’existe pas.', { customer: 'Choisissez-en une de la liste.' });
    await sql`
      insert into recipient (garden_id, customer_id, slot_id, about) values (${actor.gardenId}, ${customer}, ${values.slot}, ${values.about})
      on conflict (garden_id, customer_id) do nothing`.execute(tx);
    return done(null);
  });
}

/** The organisation of this name, or a new record of it. */
async function named(tx: Tx, gardenId: number, name: string): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    select id from customer where garden_id = app_garden() and kind = 'organisation' and archived_at is null and search_text(last_name) = search_text(${name})
    order by id limit 1`.execute(tx);
  if (rows[0]) return rows[0].id;
  return addCustomer(tx, gardenId, {
    ...{ kind: 'organisation', civility: '', lastName: name, firstName: '', address: '', postcode: '', city: '', phone: '', email: '' },
    ...{ category: '', volunteer: null, paymentMethod: null, notes: '' },
  });
}

const slotThere = async (tx: Tx, id: number): Promise<boolean> =>
  (await tx.selectFrom('slot').select('id').where('id', '=', id).where('archived_at', 'is', null).executeTakeFirst()) !== undefined;

/** Where it collects from the next gift on, and what is said of it. Baskets that were given already stay where they are expected. */
export function changeRecipient(actor: Actor, id: number, version: number, values: RecipientValues): Promise<Outcome<null>> {
  requireRight(actor, 'giving:change');
  return inGarden(actor, async (tx) => {
    const { rows } = await sql<RecipientValues & { version: number; place: string }>`
      select r.version, r.slot_id as slot, r.about, ${placeName} as place from recipient r
      join slot o on o.garden_id = r.garden_id and o.id = r.slot_id
      join depot d on d.garden_id = o.garden_id and d.id = o.depot_id
      join tour t on t.garden_id = o.garden_id and t.id = o.tour_id
      where r.garden_id = app_garden() and r.id = ${id} for update of r`.execute(tx);
    const [stored] = rows;
    if (!stored) return refuse('Cette organisation n’existe pas.');
    if (differingFields<RecipientValues>(stored, values).length === 0) return done(null);
    if (stored.version !== version)
      return changedMeanwhile<RecipientValues>('Cette organisation', stored, values, (field) =>
        field === 'slot' ? stored.place : stored.about,
      );
    if (!(await slotThere(tx, values.slot)))
      return refuse('Ce point de dépôt n’est plus servi.', { slot: 'Choisissez un des points de dépôt.' });
    await sql`update recipient set slot_id = ${values.slot}, about = ${values.about}, version = version + 1 where garden_id = app_garden() and id = ${id}`.execute(
      tx,
    );
    return done(null);
  });
}

/** It is proposed no more, or again. What was given to it stays given. */
export function setRecipientArchived(actor: Actor, id: number, archived: boolean, today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'giving:change');
  return inGarden(actor, async (tx) => {
    const { rows } = await sql<{ customer: number }>`
      update recipient set archived_at = ${archived ? sql`now()` : sql`null`}, version = version + 1
      where garden_id = app_garden() and id = ${id} and (archived_at is null) = ${archived} returning customer_id as customer`.execute(tx);
    // Its record may be put away then: nothing lasts that nobody gives to.
    if (rows[0] && archived)
      await sql`
        update subscription set ends_on = greatest(starts_on, ${today}::date), version = version + 1
        where garden_id = app_garden() and customer_id = ${rows[0].customer} and frequency = 'given' and ends_on > ${today}`.execute(tx);
    return done(null);
  });
}

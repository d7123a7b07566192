import { sql } from 'kysely';
import { changedMeanwhile, differingFields } from '#kernel/conflict.ts';
import type { Cents } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import type { ReturnableValues } from '../schema-returnables.ts';

export type Returnable = ReturnableValues & {
  id: number;
  version: number;
  archived: boolean;
  /** At customers', and the deposits they stand for. */
  out: number;
  outCents: Cents;
};
/** Who holds some, and the deposits they stand for. */
export type Holder = { customerId: number; number: string; name: string; returnable: string; quantity: number; cents: Cents };

/** Of a move `m`: how many more are at the customer's. */
const more = sql`case m.kind when 'lent' then m.quantity else -m.quantity end`;

async function load(tx: Tx, where = sql`true`): Promise<Returnable[]> {
  const { rows } = await sql<Returnable>`
    select r.id, r.version, r.name, r.deposit_cents as "depositCents", r.position, r.archived_at is not null as archived,
      coalesce(sum(${more}), 0)::bigint as out, coalesce(sum(${more} * m.deposit_cents), 0)::bigint as "outCents"
    from returnable r
    left join returnable_move m on m.garden_id = r.garden_id and m.returnable_id = r.id and m.withdrawn_at is null
    where r.garden_id = app_garden() and ${where}
    group by r.garden_id, r.id
    order by r.archived_at is not null, r.position, search_text(r.name), r.id`.execute(tx);
  return rows;
}

/** Kinds of containers, those in use first, and who holds some, most first. Two queries. */
export function returnables(actor: Actor): Promise<{ kinds: Returnable[]; holders: Holder[] }> {
  requireRight(actor, 'billing:read');
  return readInGarden(actor, async (tx) => {
    const [kinds, holders] = await Promise.all([
      load(tx),
      sql<Holder>`
        select c.id as "customerId", c.number, trim(c.last_name || ' ' || c.first_name) as name, r.name as returnable, sum(${more})::bigint as quantity,
          sum(${more} * m.deposit_cents)::bigint as cents
        from returnable_move m
        join returnable r on r.garden_id = m.garden_id and r.id = m.returnable_id
        join customer c on c.garden_id = m.garden_id and c.id = m.customer_id
        where m.garden_id = app_garden() and m.withdrawn_at is null
        group by c.garden_id, c.id, r.garden_id, r.id having sum(${more}) <> 0
        order by sum(${more}) desc, search_text(c.last_name), c.id
        limit 500`.execute(tx),
    ]);
    return { kinds, holders: holders.rows };
  });
}

export function returnable(actor: Actor, id: number): Promise<Returnable | null> {
  requireRight(actor, 'billing:read');
  return readInGarden(actor, async (tx) => (await load(tx, sql`r.id = ${id}`))[0] ?? null);
}

const taken = (name: string) =>
  refuse('Ce nom est déjà pris.', {
    name: `Un autre contenant s’appelle « ${name} » (peut-être dans les archives). Choisissez un autre nom.`,
  });

/** Adds one, or changes one that still is as it was read: those already lent keep the deposit they were lent for. Sent twice, it acts once. */
export function saveReturnable(
  actor: Actor,
  id: number | null,
  version: number,
  values: ReturnableValues,
): Promise<Outcome<{ id: number }>> {
  requireRight(actor, 'billing:change');
  const columns = { name: values.name, deposit_cents: values.depositCents, position: values.position };
  return inGarden(actor, async (tx) => {
    const [holder] = await load(tx, sql`r.name = ${values.name}`);
    if (id === null) {
      if (holder)
        return !holder.archived && differingFields<object>(holder, values).length === 0 ? done({ id: holder.id }) : taken(values.name);
      const made = await tx
        .insertInto('returnable')
        .values({ garden_id: actor.gardenId, ...columns })
        .onConflict((conflict) => conflict.columns(['garden_id', 'name']).doNothing())
        .returning('id')
        .executeTakeFirst();
      return made ? done(made) : taken(values.name);
    }
    await sql`select from returnable where garden_id = app_garden() and id = ${id} for update`.execute(tx);
    const [stored] = await load(tx, sql`r.id = ${id}`);
    if (!stored) return refuse('Ce contenant n’existe pas.');
    if (differingFields<object>(stored, values).length === 0) return done({ id });
    if (stored.version !== version)
      return changedMeanwhile('Ce contenant', stored as ReturnableValues, values, (field) =>
        field === 'depositCents' ? (stored.depositCents / 100).toFixed(2).replace('.', ',') : String(stored[field]),
      );
    if (holder && holder.id !== id) return taken(values.name);
    await tx
      .updateTable('returnable')
      .set({ ...columns, version: sql`version + 1` })
      .where('id', '=', id)
      .execute();
    return done({ id });
  });
}

/** Takes one off what is proposed, or puts it back. Refused while customers hold some. */
export function archiveReturnable(actor: Actor, id: number, archived: boolean): Promise<Outcome<null>> {
  requireRight(actor, 'billing:change');
  return inGarden(actor, async (tx) => {
    await sql`select from returnable where garden_id = app_garden() and id = ${id} for update`.execute(tx);
    const [stored] = await load(tx, sql`r.id = ${id}`);
    if (!stored) return refuse('Ce contenant n’existe pas.');
    if (stored.archived === archived) return done(null);
    if (archived && stored.out > 0) return refuse(`Des clients en ont encore ${stored.out} : notez leur retour d’abord.`);
    await sql`update returnable set archived_at = ${archived ? sql`now()` : sql`null`}, version = version + 1
      where garden_id = app_garden() and id = ${id}`.execute(tx);
    return done(null);
  });
}

import { sql } from 'kysely';
import { changedMeanwhile } from '#kernel/conflict.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { sayMonthDay, saySteps } from '../labels-charges.ts';
import type { MembershipTypeValues } from '../schema-memberships.ts';
import { accountInUse } from './accounts.ts';

export type MembershipType = MembershipTypeValues & { id: number; version: number; archived: boolean; members: number };

/** Kinds of membership, those in use first, with how many customers hold one on a day. One query. */
export async function loadTypes(tx: Tx, today: string, where = sql`true`): Promise<MembershipType[]> {
  const { rows } = await sql<MembershipType>`
    select t.id, t.version, t.name, t.amount_cents as "amountCents", t.period, t.year_starts as "yearStarts", t.steps, t.account, t.position,
      t.archived_at is not null as archived,
      (select count(distinct m.customer_id) from membership m
        where m.garden_id = t.garden_id and m.type_id = t.id and m.starts_on <= ${today} and m.ends_on >= ${today}) as members
    from membership_type t where t.garden_id = app_garden() and ${where}
    order by t.archived_at is not null, t.position, search_text(t.name), t.id`.execute(tx);
  return rows;
}

/** For pages: all of them, and what stands beside: members on the day, of whatever kind, and those whom the garden dispenses. Two queries. */
export function membershipTypes(actor: Actor, today: string): Promise<{ types: MembershipType[]; members: number; dispensed: number }> {
  requireRight(actor, 'billing:read');
  return readInGarden(actor, async (tx) => {
    const [types, counted] = await Promise.all([
      loadTypes(tx, today),
      sql<{ members: number; dispensed: number }>`
        select (select count(distinct m.customer_id) from membership m where m.garden_id = app_garden() and m.starts_on <= ${today} and m.ends_on >= ${today}) as members,
          (select count(*) from customer c where c.garden_id = app_garden() and c.membership_dispensed and c.archived_at is null) as dispensed`.execute(
        tx,
      ),
    ]);
    return { types, ...counted.rows[0]! };
  });
}

export function membershipType(actor: Actor, id: number, today: string): Promise<MembershipType | null> {
  requireRight(actor, 'billing:read');
  return readInGarden(actor, async (tx) => (await loadTypes(tx, today, sql`t.id = ${id}`))[0] ?? null);
}

const columns = (values: MembershipTypeValues) => ({
  name: values.name,
  amount_cents: values.amountCents,
  period: values.period,
  year_starts: values.yearStarts,
  steps: JSON.stringify(values.steps),
  account: values.account,
  position: values.position,
});

const same = (one: MembershipTypeValues, other: MembershipTypeValues): boolean =>
  JSON.stringify(columns(one)) === JSON.stringify(columns(other));

const taken = (name: string) =>
  refuse('Ce nom est déjà pris.', {
    name: `Une autre adhésion s’appelle « ${name} » (peut-être dans les archives). Choisissez un autre nom.`,
  });

/** Adds one, or changes one that still is as it was read. Sent twice, it acts once. */
export function saveMembershipType(
  actor: Actor,
  id: number | null,
  { version, values }: { version: number; values: MembershipTypeValues },
  today: string,
): Promise<Outcome<{ id: number }>> {
  requireRight(actor, 'billing:change');
  return inGarden(actor, async (tx) => {
    if (!(await accountInUse(tx, values.account)))
      return refuse('Ce compte n’existe pas ou ne sert plus.', { account: 'Choisissez un compte de la liste.' });
    const [holder] = await loadTypes(tx, today, sql`t.name = ${values.name}`);
    if (id === null) {
      if (holder) return !holder.archived && same(holder, values) ? done({ id: holder.id }) : taken(values.name);
      const made = await tx
        .insertInto('membership_type')
        .values({ garden_id: actor.gardenId, ...columns(values) })
        .onConflict((conflict) => conflict.columns(['garden_id', 'name']).doNothing())
        .returning('id')
        .executeTakeFirst();
      return made ? done(made) : taken(values.name);
    }
    await sql`select from membership_type where garden_id = app_garden() and id = ${id} for update`.execute(tx);
    const [stored] = await loadTypes(tx, today, sql`t.id = ${id}`);
    if (!stored) return refuse('Ce type d’adhésion n’existe pas.');
    if (same(stored, values)) return done({ id });
    if (stored.version !== version)
      return changedMeanwhile('Ce type d’adhésion', stored as MembershipTypeValues, values, (field) => sayField(stored, field));
    if (holder && holder.id !== id) return taken(values.name);
    await tx
      .updateTable('membership_type')
      .set({ ...columns(values), version: sql`version + 1` })
      .where('id', '=', id)
      .execute();
    return done({ id });
  });
}

function sayField(stored: MembershipTypeValues, field: keyof MembershipTypeValues): string {
  if (field === 'steps') return saySteps(stored) || 'prix entier toute l’année';
  if (field === 'yearStarts') return sayMonthDay(stored.yearStarts);
  if (field === 'period') return stored.period === 'anniversary' ? 'un an à partir du jour d’adhésion' : 'une année fixe';
  return field === 'amountCents' ? String(stored.amountCents / 100).replace('.', ',') : String(stored[field]);
}

/** Takes one off what is proposed, or puts it back: memberships of that kind stay. */
export function archiveMembershipType(actor: Actor, id: number, archived: boolean): Promise<Outcome<null>> {
  requireRight(actor, 'billing:change');
  return inGarden(actor, async (tx) => {
    await sql`update membership_type set archived_at = ${archived ? sql`now()` : sql`null`}, version = version + 1
      where garden_id = app_garden() and id = ${id} and (archived_at is null) = ${archived}`.execute(tx);
    return done(null);
  });
}

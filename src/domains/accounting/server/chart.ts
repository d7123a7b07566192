import { sql } from 'kysely';
import { changedMeanwhile } from '#kernel/conflict.ts';
import type { Cents } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';

/** The chart of accounts and the activities of a garden: renamed and put aside at will; numbers and codes stand in entries, and never change. */
export type Account = { id: number; version: number; number: string; name: string; archived: boolean; lines: number; balance: Cents };
export type Activity = { id: number; version: number; code: string; name: string; archived: boolean; lines: number };

/** Everything that the page of the chart shows. Two queries. */
export async function chart(actor: Actor): Promise<{ accounts: Account[]; activities: Activity[] }> {
  requireRight(actor, 'accounting:read');
  return readInGarden(actor, async (tx) => {
    const accounts = await sql<Account>`
      select a.id, a.version, a.number, a.name, a.archived_at is not null as archived, coalesce(l.lines, 0)::int as lines, coalesce(l.balance, 0)::bigint as balance
      from account a
      left join (
        select account_id, count(*) as lines, sum(amount_cents) as balance from entry_line where garden_id = app_garden() group by account_id
      ) l on l.account_id = a.id
      where a.garden_id = app_garden() order by a.number`.execute(tx);
    const activities = await sql<Activity>`
      select v.id, v.version, v.code, v.name, v.archived_at is not null as archived, coalesce(l.lines, 0)::int as lines
      from activity v
      left join (
        select activity_id, count(*) as lines from entry_line where garden_id = app_garden() and activity_id is not null group by activity_id
      ) l on l.activity_id = v.id
      where v.garden_id = app_garden() order by v.position, v.code`.execute(tx);
    return { accounts: accounts.rows, activities: activities.rows };
  });
}

/** What the forms of accounting choose from: accounts and activities in use, journals. One query. */
export async function accountingChoices(actor: Actor) {
  requireRight(actor, 'accounting:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<{
      accounts: { number: string; name: string }[];
      activities: { code: string; name: string }[];
      journals: { code: string; name: string }[];
    }>`select
      (select coalesce(jsonb_agg(jsonb_build_object('number', number, 'name', name) order by number), '[]') from account
        where garden_id = app_garden() and archived_at is null) as accounts,
      (select coalesce(jsonb_agg(jsonb_build_object('code', code, 'name', name) order by position, code), '[]') from activity
        where garden_id = app_garden() and archived_at is null) as activities,
      (select coalesce(jsonb_agg(jsonb_build_object('code', code, 'name', name) order by array_position(array['VE', 'BQ', 'CA', 'OD', 'AN'], code) nulls last), '[]')
        from journal where garden_id = app_garden()) as journals`.execute(tx);
    return rows[0]!;
  });
}

/** Adds an account. Sent twice, it acts once. */
export function addAccount(actor: Actor, { number, name }: { number: string; name: string }): Promise<Outcome<null>> {
  requireRight(actor, 'accounting:change');
  return inGarden(actor, async (tx) => {
    const { rows } = await sql`
      insert into account (garden_id, number, name) values (app_garden(), ${number}, ${name}) on conflict (garden_id, number) do nothing returning id`.execute(
      tx,
    );
    if (rows.length) return done(null);
    const same =
      await sql`select from account where garden_id = app_garden() and number = ${number} and name = ${name} and archived_at is null`.execute(
        tx,
      );
    return same.rows.length
      ? done(null)
      : refuse('Ce numéro est déjà pris.', { number: `Le compte ${number} existe déjà (peut-être mis de côté).` });
  });
}

export function addActivity(actor: Actor, { code, name }: { code: string; name: string }): Promise<Outcome<null>> {
  requireRight(actor, 'accounting:change');
  return inGarden(actor, async (tx) => {
    const { rows } = await sql`
      insert into activity (garden_id, code, name, position)
      select app_garden(), ${code}, ${name}, coalesce(max(position), 0) + 1 from activity where garden_id = app_garden()
      on conflict (garden_id, code) do nothing returning id`.execute(tx);
    if (rows.length) return done(null);
    const same =
      await sql`select from activity where garden_id = app_garden() and code = ${code} and name = ${name} and archived_at is null`.execute(
        tx,
      );
    return same.rows.length
      ? done(null)
      : refuse('Ce code est déjà pris.', { code: `L’activité ${code} existe déjà (peut-être mise de côté).` });
  });
}

type Named = { id: number; version: number; name: string; archived: boolean };
const lock = async (tx: Tx, table: 'account' | 'activity', id: number): Promise<Named | null> =>
  (
    await sql<Named>`
      select id, version, name, archived_at is not null as archived from ${sql.table(table)} where garden_id = app_garden() and id = ${id} for update`.execute(
      tx,
    )
  ).rows[0] ?? null;

const what = { account: 'Ce compte', activity: 'Cette activité' } as const;

function rename(actor: Actor, table: 'account' | 'activity', { id, version, name }: { id: number; version: number; name: string }) {
  requireRight(actor, 'accounting:change');
  return inGarden(actor, async (tx): Promise<Outcome<null>> => {
    const stored = await lock(tx, table, id);
    if (!stored) return refuse(`${what[table]} n’existe pas.`);
    if (stored.name === name) return done(null);
    if (stored.version !== version) return changedMeanwhile(what[table], { name: stored.name }, { name }, () => stored.name);
    await sql`update ${sql.table(table)} set name = ${name}, version = version + 1 where garden_id = app_garden() and id = ${id}`.execute(
      tx,
    );
    return done(null);
  });
}
export const renameAccount = (actor: Actor, given: { id: number; version: number; name: string }) => rename(actor, 'account', given);
export const renameActivity = (actor: Actor, given: { id: number; version: number; name: string }) => rename(actor, 'activity', given);

/** Accounts in which the application itself writes: they stay in use. */
const needed = ['110000', '120000', '129000', '411000', '416000', '419100', '445710', '512000', '530000', '701000', '890000'];

/** Takes an account off the lists, or puts it back. Refused while it has a balance, or while something writes in it. */
export function putAccountAside(actor: Actor, id: number, aside: boolean): Promise<Outcome<null>> {
  requireRight(actor, 'accounting:change');
  return inGarden(actor, async (tx) => {
    const stored = await lock(tx, 'account', id);
    if (!stored) return refuse('Ce compte n’existe pas.');
    if (stored.archived === aside) return done(null);
    const { rows } = await sql<{ number: string; balance: Cents; used: string | null }>`
      select a.number, coalesce((select sum(amount_cents) from entry_line l where l.garden_id = a.garden_id and l.account_id = a.id), 0)::bigint as balance,
        coalesce(
          (select 'le moyen de paiement « ' || m.name || ' »' from payment_method m where m.garden_id = a.garden_id and m.account = a.number and m.archived_at is null limit 1),
          (select 'le compte bancaire « ' || b.name || ' »' from bank_account b where b.garden_id = a.garden_id and b.account = a.number and b.archived_at is null limit 1),
          (select 'l’adhésion « ' || t.name || ' »' from membership_type t where t.garden_id = a.garden_id and t.account = a.number and t.archived_at is null limit 1),
          (select 'le produit « ' || p.name || ' »' from product p where p.garden_id = a.garden_id and p.sale_account = a.number and p.archived_at is null limit 1)) as used
      from account a where a.garden_id = app_garden() and a.id = ${id}`.execute(tx);
    const { number, balance, used } = rows[0]!;
    if (aside && needed.includes(number)) return refuse(`Le compte ${number} sert aux factures et aux encaissements : il reste en usage.`);
    if (aside && used) return refuse(`Le compte ${number} est utilisé par ${used} : changez-le d’abord.`);
    if (aside && balance !== 0) return refuse(`Le compte ${number} n’est pas soldé : il reste dans la liste tant qu’il a un solde.`);
    await setAside(tx, 'account', id, aside);
    return done(null);
  });
}

export function putActivityAside(actor: Actor, id: number, aside: boolean): Promise<Outcome<null>> {
  requireRight(actor, 'accounting:change');
  return inGarden(actor, async (tx) => {
    const stored = await lock(tx, 'activity', id);
    if (!stored) return refuse('Cette activité n’existe pas.');
    if (stored.archived === aside) return done(null);
    const { rows } = await sql<{ name: string }>`
      select p.name from product p join activity v on v.garden_id = p.garden_id and v.code = p.activity_code
      where p.garden_id = app_garden() and v.id = ${id} and p.archived_at is null limit 1`.execute(tx);
    if (aside && rows[0]) return refuse(`Le produit « ${rows[0].name} » est de cette activité : changez-le d’abord.`);
    await setAside(tx, 'activity', id, aside);
    return done(null);
  });
}

const setAside = (tx: Tx, table: 'account' | 'activity', id: number, aside: boolean) =>
  sql`update ${sql.table(table)} set archived_at = ${aside ? sql`now()` : sql`null`}, version = version + 1 where garden_id = app_garden() and id = ${id}`.execute(
    tx,
  );

import { sql } from 'kysely';
import { type Db, database } from '#platform/db/index.ts';

/** A customer's record that an address opens, with its garden as pages need it. */
export type HomeRecord = {
  gardenId: number;
  slug: string;
  gardenName: string;
  accent: string | null;
  settings: Record<string, unknown>;
  customerId: number;
  customerNumber: string;
  customerName: string;
};

/** The records of customers that this person opens, in every garden, by name of garden; her address must have been verified. One query. */
export async function recordsOf(userId: string, db: Db = database()): Promise<HomeRecord[]> {
  const { rows } = await sql<HomeRecord>`
    select h.garden_id as "gardenId", h.slug, h.garden_name as "gardenName", h.accent, h.settings,
      h.customer_id::int as "customerId", h.customer_number as "customerNumber", h.customer_name as "customerName"
    from auth."user" u, customers_at_home(u.email) h
    where u.id = ${userId} and u."emailVerified"`.execute(db);
  return rows;
}

/** A prescriber's space in a garden, with the garden as pages need it. */
export type PrescriberSpace = Pick<HomeRecord, 'gardenId' | 'slug' | 'gardenName' | 'accent' | 'settings'> & {
  personId: number;
  personName: string;
  prescriberId: number;
  prescriberName: string;
};

/** The spaces of prescribers that this person opens, by name of garden; her address must have been verified. One query. */
export async function spacesOf(userId: string, db: Db = database()): Promise<PrescriberSpace[]> {
  const { rows } = await sql<PrescriberSpace>`
    select p.garden_id as "gardenId", p.slug, p.garden_name as "gardenName", p.accent, p.settings, p.person_id::int as "personId",
      p.person_name as "personName", p.prescriber_id::int as "prescriberId", p.prescriber_name as "prescriberName"
    from auth."user" u, prescribers_at(u.email) p where u.id = ${userId} and u."emailVerified"`.execute(db);
  return rows;
}

/** Whose record or space an address opens: her name, for the account she gets with her first link. Null when it opens none. */
export async function knownAt(email: string, db: Db = database()): Promise<{ name: string } | null> {
  const { rows } = await sql<{ name: string }>`
    select name from (
      (select 1 as turn, customer_name as name from customers_at_home(${email.trim()}) limit 1)
      union all (select 2, person_name from prescribers_at(${email.trim()}) limit 1)
    ) found order by turn limit 1`.execute(db);
  return rows[0] ?? null;
}

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

/** Whose record an address opens: her name, for the account she gets with her first link. Null when it is no customer's. */
export async function customerAt(email: string, db: Db = database()): Promise<{ name: string } | null> {
  const { rows } = await sql<{ name: string }>`select customer_name as name from customers_at_home(${email.trim()}) limit 1`.execute(db);
  return rows[0] ?? null;
}

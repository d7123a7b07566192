import { sql } from 'kysely';
import type { Tx } from '#platform/db/index.ts';
import type { You } from '../schema.ts';

/** A customer who may be the very person who signs up, and by what. */
export type Known = {
  id: number;
  number: string;
  name: string;
  email: string;
  phone: string;
  city: string;
  archived: boolean;
  by: string[];
};

/** Customers with the same address, telephone or name, those that have most in common first. One query. */
export async function knownAs(
  tx: Tx,
  { prenom, nom, email, telephone }: Pick<You, 'prenom' | 'nom' | 'email' | 'telephone'>,
): Promise<Known[]> {
  const digits = telephone.replace(/\D/g, '').slice(-9);
  const { rows } = await sql<Known>`
    select * from (
      select c.id, c.number, trim(c.first_name || ' ' || c.last_name) as name, c.email, c.phone, c.city, c.archived_at is not null as archived,
        array_remove(array[
          case when c.email <> '' and lower(c.email) = lower(${email}) then 'e-mail' end,
          case when ${digits.length >= 9} and right(regexp_replace(c.phone, '[^0-9]', '', 'g'), 9) = ${digits} then 'téléphone' end,
          case when search_text(c.last_name) = search_text(${nom}) and search_text(c.first_name) = search_text(${prenom}) then 'nom' end], null) as by
      from customer c where c.garden_id = app_garden()) found
    where cardinality(by) > 0 order by cardinality(by) desc, archived, id limit 5`.execute(tx);
  return rows;
}

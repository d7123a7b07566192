import { sql } from 'kysely';
import { changeCustomer, customerToChange } from '#domains/customers/index.server.ts';
import type { CustomerValues } from '#domains/customers/schema.ts';
import { changedMeanwhile, differingFields } from '#kernel/conflict.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { lookOwn, type Own, requireOwn } from '#platform/access/own.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import type { ContactValues } from '../schema-self.ts';

export type OwnRecord = {
  version: number;
  values: Pick<CustomerValues, 'civility' | 'firstName' | 'lastName' | 'kind' | 'number' | 'email'> & ContactValues;
  /** Another address that was asked for and waits for its letter to be answered. */
  pending: { email: string; until: string } | null;
};

/** What a garden knows of how to reach her. Two queries. */
export async function ownRecord(own: Own): Promise<OwnRecord | null> {
  const actor = lookOwn(own);
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<OwnRecord>`
      select c.version, jsonb_build_object('civility', c.civility, 'firstName', c.first_name, 'lastName', c.last_name, 'kind', c.kind, 'number', c.number,
          'email', c.email, 'phone', c.phone, 'address', c.address, 'postcode', c.postcode, 'city', c.city) as values,
        (select jsonb_build_object('email', a.email, 'until', a.expires_at) from address_change a
          where a.garden_id = c.garden_id and a.customer_id = c.id and a.confirmed_at is null and a.withdrawn_at is null and a.expires_at > now()
          order by a.id desc limit 1) as pending
      from customer c where c.garden_id = app_garden() and c.id = ${own.customerId}`.execute(tx);
    return rows[0] ?? null;
  });
}

const labels: Record<keyof ContactValues, string> = { phone: 'téléphone', address: 'adresse', postcode: 'code postal', city: 'ville' };

/** Changes how she may be reached; the rest of her record stays the garden's. Sent twice, it acts once. */
export async function changeOwnContact(own: Own, version: number, typed: ContactValues): Promise<Outcome<null>> {
  const actor = requireOwn(own, 'customers:change');
  const found = await customerToChange(actor, own.customerId);
  if (!found) return refuse('Ce compte n’existe plus.');
  const { values, version: stored } = found.customer;
  const now = Object.fromEntries((Object.keys(labels) as (keyof ContactValues)[]).map((field) => [field, values[field]])) as ContactValues;
  if (differingFields(now, typed).length === 0) return done(null);
  if (stored !== version) return changedMeanwhile('Votre fiche', now, typed, (field) => now[field]);
  const changed = await changeCustomer(actor, own.customerId, { version: stored, base: null, values: { ...values, ...typed } });
  if (changed.ok) return done(null);
  // Somebody of the garden wrote at this very moment.
  return refuse('reason' in changed ? changed.reason : 'Réessayez dans un instant.');
}

import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import type { Tx } from '#platform/db/index.ts';
import { idsBy, upsert, type Written } from '#platform/db/upsert.ts';

export type CustomerToImport = {
  number: string;
  kind: 'person' | 'organisation';
  civility: string;
  lastName: string;
  firstName: string;
  address: string;
  postcode: string;
  city: string;
  phone: string;
  email: string;
  category: string;
  volunteer: 'yes' | 'maybe' | 'no' | null;
  paymentMethod: string | null;
  balanceCents: Cents;
  membership: { startsOn: Day; endsOn: Day; amountCents: Cents } | null;
  mandate: { iban: string; bic: string; reference: string; signedOn: Day } | null;
};

/** Field of a file → columns it fills. */
const columnsOf: Record<string, string[]> = {
  civility: ['civility'],
  lastName: ['last_name'],
  firstName: ['first_name'],
  address: ['address'],
  postcode: ['postcode'],
  city: ['city'],
  phone: ['phone'],
  email: ['email'],
  category: ['category', 'kind'],
  volunteer: ['volunteer'],
  paymentMethod: ['payment_method'],
  balance: ['opening_balance_cents'],
};

const rowOf = (customer: CustomerToImport) => ({
  number: customer.number,
  kind: customer.kind,
  civility: customer.civility,
  last_name: customer.lastName,
  first_name: customer.firstName,
  address: customer.address,
  postcode: customer.postcode,
  city: customer.city,
  phone: customer.phone,
  email: customer.email,
  category: customer.category,
  volunteer: customer.volunteer,
  payment_method: customer.paymentMethod,
  opening_balance_cents: customer.balanceCents,
});

/**
 * Adds customers or brings them up to date, with their memberships (customer and first day) and mandates (reference), in four
 * statements. No two customers may have the same number, nor two mandates the same reference.
 * @param given fields that the file holds: a customer who is there already keeps her other columns.
 */
export async function importCustomers(
  tx: Tx,
  gardenId: number,
  customers: CustomerToImport[],
  given: ReadonlySet<string>,
): Promise<Written> {
  const insert = ['number', ...Object.values(columnsOf).flat()];
  const update = Object.entries(columnsOf).flatMap(([field, columns]) => (given.has(field) ? columns : []));
  const options = { table: 'customer', key: ['number'], insert, update, versioned: true } as const;
  const written = await upsert(tx, gardenId, options, customers.map(rowOf));
  const numbers = customers.map((customer) => customer.number);
  const ids = await idsBy(tx, 'customer', 'number', numbers);
  const touched = [...(await importMemberships(tx, gardenId, customers, ids)), ...(await importMandates(tx, gardenId, customers, ids))];
  const added = new Set(written.added);
  return { ...written, changed: [...new Set([...written.changed, ...touched])].filter((index) => !added.has(index)) };
}

type Ids = Map<string, number>;

/** @returns places of the customers whose membership is new or differs. */
async function importMemberships(tx: Tx, gardenId: number, customers: CustomerToImport[], ids: Ids): Promise<number[]> {
  const rows = customers.flatMap(({ number, membership }, index) => {
    if (!membership) return [];
    const { startsOn, endsOn, amountCents } = membership;
    return [{ index, customer_id: ids.get(number), starts_on: startsOn, ends_on: endsOn, amount_cents: amountCents }];
  });
  const [key, update] = [
    ['customer_id', 'starts_on'],
    ['ends_on', 'amount_cents'],
  ];
  const { added, changed } = await upsert(tx, gardenId, { table: 'membership', key, insert: [...key, ...update], update }, rows);
  return [...added, ...changed].map((place) => rows[place]!.index);
}

/** @returns places of the customers whose mandate is new or differs. */
async function importMandates(tx: Tx, gardenId: number, customers: CustomerToImport[], ids: Ids): Promise<number[]> {
  const rows = customers.flatMap(({ number, mandate }, index) => {
    if (!mandate) return [];
    const { reference, iban, bic, signedOn } = mandate;
    return [{ index, customer_id: ids.get(number), reference, iban, bic, signed_on: signedOn }];
  });
  const update = ['iban', 'bic', 'signed_on'];
  const insert = ['customer_id', 'reference', ...update];
  const { added, changed } = await upsert(tx, gardenId, { table: 'mandate', key: ['reference'], insert, update }, rows);
  return [...added, ...changed].map((place) => rows[place]!.index);
}

/** Whose mandates these references are: reference → number of the customer. References nobody has are absent. */
export async function mandateOwners(tx: Tx, references: string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ reference: string; owner: number }>`
    select reference, customer_id as owner from mandate where reference = any(${references}::text[])`.execute(tx);
  if (rows.length === 0) return new Map();
  const owners = await tx.selectFrom('customer').select(['id', 'number']).execute();
  const numbers = new Map(owners.map((row) => [row.id, row.number]));
  return new Map(rows.map((row) => [row.reference, numbers.get(row.owner)!]));
}

/** Numbers of all the customers of the garden, archived ones included: what files may refer to. */
export async function customerNumbers(tx: Tx): Promise<string[]> {
  const rows = await tx.selectFrom('customer').select('number').execute();
  return rows.map((row) => row.number);
}

import { sql } from 'kysely';
import { changedMeanwhile, differingFields } from '#kernel/conflict.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { donorLabels, wishLabels } from '../labels.ts';
import type { DonorValues } from '../schema.ts';

export type Donor = DonorValues & { id: number; version: number; customer: number | null };

const columns = sql`d.id, d.version, d.customer_id as customer, d.kind, d.last_name as "lastName", d.first_name as "firstName", d.legal_form as "legalForm", d.siren,
  d.address, d.postcode, d.city, d.email, d.receipts, d.note`;

export async function findDonor(tx: Tx, id: number, { lock = false } = {}): Promise<Donor | null> {
  const { rows } = await sql<Donor>`
    select ${columns} from donor d where d.garden_id = app_garden() and d.id = ${id} ${lock ? sql`for update` : sql``}`.execute(tx);
  return rows[0] ?? null;
}

export type NewDonor = Omit<DonorValues, 'note'> & { note?: string };

/** Keeps somebody new. */
export async function addDonor(tx: Tx, gardenId: number, values: NewDonor, customer: number | null = null): Promise<number> {
  const { kind, lastName, firstName, legalForm, siren, address, postcode, city, email, receipts, note = '' } = values;
  const { id } = await tx
    .insertInto('donor')
    .values({
      ...{ garden_id: gardenId, customer_id: customer, kind, last_name: lastName, first_name: kind === 'company' ? '' : firstName },
      ...{ legal_form: legalForm, siren, address, postcode, city, email, receipts, note },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** The donor that a customer is: found, or made from her record. Null when there is no such customer. Three statements at most. */
export async function donorOfCustomer(tx: Tx, gardenId: number, customer: number): Promise<number | null> {
  const find = () => tx.selectFrom('donor').select('id').where('customer_id', '=', customer).executeTakeFirst();
  const known = await find();
  if (known) return known.id;
  await sql`
    insert into donor (garden_id, customer_id, kind, last_name, first_name, address, postcode, city, email)
    select ${gardenId}, id, case kind when 'organisation' then 'company' else 'person' end, last_name, first_name, address, postcode, city, email
    from customer where garden_id = app_garden() and id = ${customer} and last_name <> ''
    on conflict do nothing`.execute(tx);
  return (await find())?.id ?? null;
}

/** Mends what is known of a donor. Receipts that were made do not change. */
export function changeDonor(actor: Actor, id: number, version: number, values: DonorValues): Promise<Outcome<null>> {
  requireRight(actor, 'giving:change');
  return inGarden(actor, async (tx) => {
    const stored = await findDonor(tx, id, { lock: true });
    if (!stored) return refuse('Ce donateur n’existe pas.');
    if (differingFields<DonorValues>(stored, values).length === 0) return done(null);
    if (stored.version !== version)
      return changedMeanwhile<DonorValues>('Ce donateur', stored, values, (field) => {
        if (field === 'kind') return donorLabels[stored.kind];
        return field === 'receipts' ? wishLabels[stored.receipts] : stored[field];
      });
    await sql`
      update donor set kind = ${values.kind}, last_name = ${values.lastName}, first_name = ${values.firstName}, legal_form = ${values.legalForm},
        siren = ${values.siren}, address = ${values.address}, postcode = ${values.postcode}, city = ${values.city}, email = ${values.email},
        receipts = ${values.receipts}, note = ${values.note}, version = version + 1
      where garden_id = app_garden() and id = ${id}`.execute(tx);
    return done(null);
  });
}

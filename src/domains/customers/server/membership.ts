import { sql } from 'kysely';
import { type Day, shortDay } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import type { Tx } from '#platform/db/index.ts';
import { findCustomer } from './store.ts';

export type NewMembership = { startsOn: Day; endsOn: Day; amountCents: Cents; typeId: number | null };

/**
 * Adds a membership that does not run over another one, within a transaction of the caller's (billing, which knows kinds and prices). Sent twice, it adds
 * one. @returns its id, and whether it is new.
 */
export async function insertMembership(
  tx: Tx,
  gardenId: number,
  customerId: number,
  membership: NewMembership,
): Promise<Outcome<{ id: number; added: boolean }>> {
  const { startsOn, endsOn, amountCents, typeId } = membership;
  // Two of the same customer wait for one another.
  const { rows } = await sql`select from customer where garden_id = app_garden() and id = ${customerId} for update`.execute(tx);
  if (rows.length === 0) return refuse('Ce client n’existe pas dans votre jardin.');
  if (endsOn < startsOn) return refuse('La fin vient avant le début.', { endsOn: 'La fin vient avant le début.' });
  const { memberships } = (await findCustomer(tx, customerId))!;
  const same = memberships.find((one) => one.startsOn === startsOn && one.endsOn === endsOn && one.amountCents === amountCents);
  if (same) return done({ id: same.id, added: false });
  const other = memberships.find((one) => one.startsOn <= endsOn && one.endsOn >= startsOn);
  if (other) {
    const said = `Une adhésion court déjà du ${shortDay(other.startsOn)} au ${shortDay(other.endsOn)} : commencez après.`;
    return refuse(said, { startsOn: said });
  }
  const { id } = await tx
    .insertInto('membership')
    .values({
      garden_id: gardenId,
      customer_id: customerId,
      starts_on: startsOn,
      ends_on: endsOn,
      amount_cents: amountCents,
      type_id: typeId,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return done({ id, added: true });
}

/** Lets a customer buy without being a member, or asks for it again, within a transaction of the caller's. @returns whether there is such a customer. */
export async function setMembershipDispensed(tx: Tx, customerId: number, dispensed: boolean): Promise<boolean> {
  await sql`update customer set membership_dispensed = ${dispensed}, version = version + 1
    where garden_id = app_garden() and id = ${customerId} and membership_dispensed <> ${dispensed}`.execute(tx);
  const { rows } = await sql`select from customer where garden_id = app_garden() and id = ${customerId}`.execute(tx);
  return rows.length > 0;
}

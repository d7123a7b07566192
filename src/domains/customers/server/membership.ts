import { sql } from 'kysely';
import { addDays, type Day, shortDay } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { sayName } from '../labels.ts';
import type { MembershipValues } from '../schema.ts';
import { findCustomer } from './store.ts';

type Period = { startsOn: Day; endsOn: Day };

/** What the form of a new membership starts with: the calendar year, or what follows the one that runs; the amount most people paid last. */
export type MembershipProposal = Period & {
  customer: { id: number; name: string; number: string };
  memberships: Period[];
  /** As it is typed: « 15,00 »; '' when nothing tells. */
  amount: string;
};

/** Null when there is no such customer. Two queries. */
export function membershipProposal(actor: Actor, customerId: number, today: Day): Promise<MembershipProposal | null> {
  requireRight(actor, 'customers:change');
  return inGarden(actor, async (tx) => {
    const customer = await findCustomer(tx, customerId);
    if (!customer) return null;
    const { rows } = await sql<{ cents: number }>`
      select amount_cents as cents from membership where garden_id = app_garden()
      group by amount_cents order by max(starts_on) desc, count(*) desc limit 1`.execute(tx);
    const running = customer.memberships.find((one) => one.endsOn >= today);
    const year = today.slice(0, 4);
    const startsOn = running ? addDays(running.endsOn, 1) : `${year}-01-01`;
    const { id, number } = customer;
    return {
      customer: { id, number, name: sayName(customer) },
      memberships: customer.memberships.map((one) => ({ startsOn: one.startsOn, endsOn: one.endsOn })),
      startsOn,
      endsOn: `${startsOn.slice(0, 4)}-12-31`,
      amount: rows[0] ? (rows[0].cents / 100).toFixed(2).replace('.', ',') : '',
    };
  });
}

/** Adds a membership that does not run over another one. Sent twice, it adds one. */
export function addMembership(actor: Actor, customerId: number, values: MembershipValues): Promise<Outcome<null>> {
  requireRight(actor, 'customers:change');
  return inGarden(actor, async (tx) => {
    // Two of the same customer wait for one another.
    const { rows } = await sql`select from customer where garden_id = app_garden() and id = ${customerId} for update`.execute(tx);
    if (rows.length === 0) return refuse('Ce client n’existe pas dans votre jardin.');
    if (values.endsOn < values.startsOn) return refuse('La fin vient avant le début.', { endsOn: 'La fin vient avant le début.' });
    const { memberships } = (await findCustomer(tx, customerId))!;
    const { startsOn, endsOn, amountCents } = values;
    const same = memberships.find((one) => one.startsOn === startsOn && one.endsOn === endsOn && one.amountCents === amountCents);
    if (same) return done(null);
    const other = memberships.find((one) => one.startsOn <= endsOn && one.endsOn >= startsOn);
    if (other) {
      const said = `Une adhésion court déjà du ${shortDay(other.startsOn)} au ${shortDay(other.endsOn)} : commencez après.`;
      return refuse(said, { startsOn: said });
    }
    await tx
      .insertInto('membership')
      .values({ garden_id: actor.gardenId, customer_id: customerId, starts_on: startsOn, ends_on: endsOn, amount_cents: amountCents })
      .execute();
    return done(null);
  });
}

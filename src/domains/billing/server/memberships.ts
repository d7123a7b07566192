import { sql } from 'kysely';
import { findCustomer, insertMembership, setMembershipDispensed } from '#domains/customers/index.server.ts';
import { sayName } from '#domains/customers/labels.ts';
import type { MembershipValues } from '#domains/customers/schema.ts';
import { addDays, type Day, shortDay } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { type MembershipOffer, membershipOn } from '../rules/membership.ts';
import { addCharges } from './charge-commands.ts';
import { loadTypes } from './membership-types.ts';

/** What the form of a new membership starts with: the kind asked for (else the first), from today or after the one that runs. */
export type MembershipProposal = MembershipOffer & {
  customer: { id: number; name: string; number: string; dispensed: boolean };
  memberships: { startsOn: Day; endsOn: Day }[];
  types: (MembershipOffer & { id: number; name: string })[];
  typeId: number | null;
  /** As it is typed: « 15,00 »; '' when nothing tells. */
  amount: string;
};

/** Null when there is no such customer. Four queries at most. */
export function membershipProposal(actor: Actor, customerId: number, today: Day, typeId?: number): Promise<MembershipProposal | null> {
  requireRight(actor, 'customers:change');
  return readInGarden(actor, async (tx) => {
    const [customer, types, usual] = await Promise.all([
      findCustomer(tx, customerId),
      loadTypes(tx, today, sql`t.archived_at is null`),
      sql<{ cents: number }>`select amount_cents as cents from membership where garden_id = app_garden()
        group by amount_cents order by max(starts_on) desc, count(*) desc limit 1`.execute(tx),
    ]);
    if (!customer) return null;
    const running = customer.memberships.find((one) => one.endsOn >= today);
    const from = running ? addDays(running.endsOn, 1) : today;
    const offers = types.map(({ id, name, ...terms }) => ({ id, name, ...membershipOn(terms, from) }));
    const chosen = offers.find(({ id }) => id === typeId) ?? offers[0];
    const year = from.slice(0, 4);
    const cents = usual.rows[0]?.cents;
    const free = { startsOn: running ? from : `${year}-01-01`, endsOn: `${year}-12-31`, amountCents: cents ?? 0 };
    const offer = chosen ?? free;
    const { id, number, membershipDispensed: dispensed } = customer;
    return {
      customer: { id, number, name: sayName(customer), dispensed },
      memberships: customer.memberships.map(({ startsOn, endsOn }) => ({ startsOn, endsOn })),
      types: offers,
      typeId: chosen?.id ?? null,
      // A fixed year may have begun while another membership still ran.
      startsOn: running && offer.startsOn < from ? from : offer.startsOn,
      endsOn: offer.endsOn,
      amountCents: offer.amountCents,
      amount: chosen || cents !== undefined ? (offer.amountCents / 100).toFixed(2).replace('.', ',') : '',
    };
  });
}

/** What somebody who joins may take: a kind of membership from a day on; without kinds, the calendar year at the amount members pay. Two queries. */
export async function membershipOffers(tx: Tx, from: Day, today: Day): Promise<(MembershipOffer & { id: number | null; name: string })[]> {
  const types = await loadTypes(tx, today, sql`t.archived_at is null`);
  if (types.length > 0) return types.map(({ id, name, ...terms }) => ({ id, name, ...membershipOn(terms, from) }));
  const { rows } = await sql<{ cents: number }>`select amount_cents as cents from membership where garden_id = app_garden()
    group by amount_cents order by max(starts_on) desc, count(*) desc limit 1`.execute(tx);
  const year = from.slice(0, 4);
  return rows[0] ? [{ id: null, name: 'Adhésion', startsOn: `${year}-01-01`, endsOn: `${year}-12-31`, amountCents: rows[0].cents }] : [];
}

/** `charged`: it comes with the next bill; else it was paid otherwise, and only noted. */
export type NewMembershipValues = MembershipValues & { typeId?: number | null; charged?: boolean };

/** Adds a membership and what it costs, that does not run over another one. Sent twice, it adds one. */
export function addMembership(
  actor: Actor,
  customerId: number,
  values: NewMembershipValues,
  today: Day,
): Promise<Outcome<{ charged: boolean }>> {
  requireRight(actor, 'customers:change');
  return inGarden(actor, (tx) => joinWithin(tx, actor.gardenId, customerId, values, today));
}

/** The same within the transaction of a caller. */
export async function joinWithin(
  tx: Tx,
  gardenId: number,
  customerId: number,
  values: NewMembershipValues,
  today: Day,
): Promise<Outcome<{ charged: boolean }>> {
  const { startsOn, endsOn, amountCents, typeId = null, charged = false } = values;
  const type = typeId === null ? undefined : (await loadTypes(tx, today, sql`t.id = ${typeId}`))[0];
  if (typeId !== null && !type) return refuse('Ce type d’adhésion n’existe plus : choisissez-en un autre.');
  const added = await insertMembership(tx, gardenId, customerId, { startsOn, endsOn, amountCents, typeId });
  if (!added.ok) return added;
  if (!charged || amountCents === 0) return done({ charged: false });
  const label = `${type?.name ?? 'Adhésion'} du ${shortDay(startsOn)} au ${shortDay(endsOn)}`;
  const charge = {
    customer: customerId,
    kind: 'membership',
    label,
    unitPrice: amountCents,
    membership: added.value.id,
    billOn: today,
  } as const;
  if (added.value.added) await addCharges(tx, gardenId, [{ ...charge, account: type?.account, source: `membership:${added.value.id}` }]);
  return done({ charged: true });
}

/** Lets a customer buy without being a member, or asks for a membership again. */
export function dispenseMembership(actor: Actor, customerId: number, dispensed: boolean): Promise<Outcome<null>> {
  requireRight(actor, 'customers:change');
  return inGarden(actor, async (tx) =>
    (await setMembershipDispensed(tx, customerId, dispensed)) ? done(null) : refuse('Ce client n’existe pas dans votre jardin.'),
  );
}

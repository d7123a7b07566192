import { sql } from 'kysely';
import { joinWithin, membershipOffers } from '#domains/billing/index.server.ts';
import { addCustomer } from '#domains/customers/index.server.ts';
import { planById } from '#domains/plans/index.server.ts';
import { previewWithin, type SubscriptionWish, subscribeWithin } from '#domains/subscriptions/index.server.ts';
import type { Frequency } from '#domains/subscriptions/rules/frequency.ts';
import { addDays, type Day } from '#kernel/day.ts';
import { done, type Outcome, type Refusal, refuse } from '#kernel/outcome.ts';
import type { Tx } from '#platform/db/index.ts';
import { lastDayOf } from '../rules/term.ts';
import type { AcceptanceValues } from '../schema-referral.ts';
import { lastSubscription, renewPath, startPath } from './paths.ts';
import { writeAgreed } from './referral-letters.ts';
import type { ReferralRow } from './referral-store.ts';

/** What a referral becomes: a customer like any other, a subscription like any other, and a stay that says who pays the rest. All or nothing, by the caller. */

export type TakenIn = { customerId: number; pathId: number; first: Day };

/** Of forms that ask again for something else: the fields of the acceptance. */
const fields: Record<string, string> = {
  fin: 'debut',
  startsOn: 'debut',
  endsOn: 'debut',
  plan: 'formule',
  beyond: 'depasser',
  quantite: 'formule',
};
const inForm = (refusal: Refusal): Refusal =>
  refuse(
    refusal.reason,
    refusal.fields && Object.fromEntries(Object.entries(refusal.fields).map(([field, said]) => [fields[field] ?? field, said])),
  );

/**
 * Under the garden's lock. The subscription ends with the stay, unless its ordinary price afterwards was agreed; where its season ends before, it is renewed like
 * anybody's and the price goes along (0048).
 */
export async function takeIn(tx: Tx, gardenId: number, row: ReferralRow, asked: AcceptanceValues, today: Day): Promise<Outcome<TakenIn>> {
  const customerId = asked.client ?? (await makeCustomer(tx, gardenId, row));
  const wish: SubscriptionWish = {
    ...{ customerId, planId: asked.formule, frequency: asked.frequence, quantity: 1, slotId: asked.creneau, basketCount: null },
    ...{ startsOn: asked.debut, endsOn: null },
  };
  const joined = await join(tx, gardenId, wish, asked.adhesion === 'offerte', today);
  if (!joined.ok) return joined;
  const drafted = await previewWithin(tx, wish, today);
  if (!drafted.ok) return inForm(drafted);
  const { startsOn, endsOn: longest } = drafted.value;
  const endsOn = lastDayOf(startsOn, row.months, [await programmeEnd(tx, asked.programme)]);
  const made = await subscribeWithin(
    tx,
    gardenId,
    {
      ...{
        ...wish,
        customerId,
        startsOn,
        endsOn: asked.ensuite === 'ordinary' ? longest : earlier(longest, endsOn),
        beyond: asked.depasser,
        already: true,
        agreed: 'none',
      },
      // The referral itself tells whether it was taken in before.
      after: Number.MAX_SAFE_INTEGER,
    },
    today,
  );
  if (!made.ok) return inForm(made);
  const started = await startPath(tx, gardenId, {
    ...{ programmeId: asked.programme, customerId, subscriptionId: made.value.id, affiliation: row.affiliation, place: row.place },
    ...{ household: row.household, reference: row.reference, startsOn, endsOn, atEnd: asked.ensuite },
  });
  if (!started.ok) return inForm(started);
  if (asked.ensuite !== 'ordinary') await neverByItself(tx, made.value.id);
  const first = drafted.value.baskets[0]?.date ?? startsOn;
  await writeAgreed(tx, gardenId, started.value.id, first);
  return done({ customerId, pathId: started.value.id, first });
}

const earlier = (a: Day, b: Day): Day => (a < b ? a : b);

const makeCustomer = (tx: Tx, gardenId: number, { lastName, firstName, place, phone, email }: ReferralRow): Promise<number> =>
  addCustomer(tx, gardenId, {
    ...{ kind: 'person', civility: '', category: '', lastName, firstName, address: '', postcode: '', city: place, phone, email },
    ...{ volunteer: null, paymentMethod: null, notes: '' },
  });

/** Who takes a plan that asks for a membership, and has none, takes one too: to be paid like anybody's, or offered. */
async function join(tx: Tx, gardenId: number, wish: SubscriptionWish, offered: boolean, today: Day): Promise<Outcome<null>> {
  const plan = await planById(tx, wish.planId, today);
  if (!plan?.membershipRequired) return done(null);
  const from = wish.startsOn ?? today;
  const { rows } = await sql`
    select from customer c where c.garden_id = app_garden() and c.id = ${wish.customerId} and (c.membership_dispensed or exists (
      select from membership m where m.garden_id = c.garden_id and m.customer_id = c.id and m.starts_on <= ${from} and m.ends_on >= ${from}))`.execute(
    tx,
  );
  const offer = rows.length === 0 ? (await membershipOffers(tx, from, today))[0] : undefined;
  if (!offer) return done(null);
  const { id: typeId, startsOn, endsOn, amountCents } = offer;
  const values = { startsOn: startsOn < from ? startsOn : from, endsOn, amountCents: offered ? 0 : amountCents, typeId, charged: !offered };
  const joined = await joinWithin(tx, gardenId, wish.customerId!, values, today);
  return joined.ok ? done(null) : joined;
}

/** A plan may carry its subscriptions on by themselves; one whose price was agreed for a time is not. */
const neverByItself = (tx: Tx, id: number) =>
  sql`update subscription set renews = false, version = version + 1 where garden_id = app_garden() and id = ${id} and renews`.execute(tx);

async function programmeEnd(tx: Tx, id: number): Promise<Day | null> {
  const { rows } = await sql<{ endsOn: Day | null }>`
    select ends_on as "endsOn" from programme where garden_id = app_garden() and id = ${id}`.execute(tx);
  return rows[0]?.endsOn ?? null;
}

type Former = {
  customerId: number;
  programmeId: number;
  endsOn: Day;
  subscriptionId: number | null;
  subscriptionEndsOn: Day | null;
  planId: number | null;
  slotId: number | null;
  frequency: Frequency | null;
  quantity: number | null;
  programmeEndsOn: Day | null;
};

/** The same basket and place for another term: the subscription that goes on, or the next one from the day after. */
export async function carryOn(
  tx: Tx,
  gardenId: number,
  row: ReferralRow,
  atEnd: AcceptanceValues['ensuite'],
  today: Day,
): Promise<Outcome<TakenIn>> {
  const { rows } = await sql<Former>`
    select p.customer_id as "customerId", p.programme_id as "programmeId", p.ends_on as "endsOn", ${lastSubscription} as "subscriptionId",
      s.ends_on as "subscriptionEndsOn", s.plan_id as "planId", s.slot_id as "slotId", s.frequency, s.quantity, g.ends_on as "programmeEndsOn"
    from path p join programme g on g.garden_id = p.garden_id and g.id = p.programme_id
    left join subscription_on(p.ends_on) s on s.garden_id = p.garden_id and s.id = ${lastSubscription}
    where p.garden_id = app_garden() and p.id = ${row.renewsPathId}`.execute(tx);
  const former = rows[0];
  if (!former?.subscriptionId || !former.planId || !former.slotId || !former.frequency)
    return refuse('Son abonnement n’a plus de formule : faites une nouvelle orientation.');
  const from = addDays(former.endsOn, 1);
  const goesOn = (former.subscriptionEndsOn ?? former.endsOn) > former.endsOn;
  const wish: SubscriptionWish = {
    ...{
      customerId: former.customerId,
      planId: former.planId,
      frequency: former.frequency,
      quantity: former.quantity ?? 1,
      slotId: former.slotId,
    },
    ...{ basketCount: null, startsOn: from > today ? from : null, endsOn: null },
  };
  if (goesOn) {
    const endsOn = lastDayOf(from, row.months, [former.programmeEndsOn]);
    return renewed(tx, gardenId, row, { endsOn, atEnd: 'ordinary', subscriptionId: former.subscriptionId }, from);
  }
  const drafted = await previewWithin(tx, wish, today);
  if (!drafted.ok) return inForm(drafted);
  const endsOn = lastDayOf(from, row.months, [former.programmeEndsOn]);
  const made = await subscribeWithin(
    tx,
    gardenId,
    {
      ...{
        ...wish,
        customerId: former.customerId,
        startsOn: drafted.value.startsOn,
        endsOn: atEnd === 'ordinary' ? drafted.value.endsOn : earlier(drafted.value.endsOn, endsOn),
      },
      ...{ already: true, agreed: 'none', after: Number.MAX_SAFE_INTEGER },
    },
    today,
  );
  if (!made.ok) return inForm(made);
  if (atEnd !== 'ordinary') await neverByItself(tx, made.value.id);
  return renewed(tx, gardenId, row, { endsOn, atEnd, subscriptionId: made.value.id }, drafted.value.baskets[0]?.date ?? from);
}

type Renewal = { endsOn: Day; atEnd: AcceptanceValues['ensuite']; subscriptionId: number };

async function renewed(tx: Tx, gardenId: number, row: ReferralRow, renewal: Renewal, first: Day): Promise<Outcome<TakenIn>> {
  const path = await renewPath(tx, gardenId, row.renewsPathId!, renewal);
  if (!path.ok) return inForm(path);
  await writeAgreed(tx, gardenId, path.value.id, null);
  return done({ customerId: row.customerId!, pathId: path.value.id, first });
}

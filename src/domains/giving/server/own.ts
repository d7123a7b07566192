import { sql } from 'kysely';
import { addCharges, endCharge, withdrawCharge } from '#domains/billing/index.server.ts';
import { paysOnline, startPayment } from '#domains/online/index.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { lookOwn, type Own, requireOwn } from '#platform/access/own.ts';
import { allOrNothing } from '#platform/db/all-or-nothing.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { statementOn } from '../rules/eligibility.ts';
import type { OwnGift } from '../schema.ts';
import { commonAccount } from './account.ts';
import { donorOfCustomer } from './donors.ts';
import { statementsOf } from './facts.ts';
import type { GiftRow } from './list.ts';
import { amountOf } from './public.ts';
import { giftsOf } from './read.ts';
import { type Pdf, type ReceiptRow, receiptFile, receiptsOfDonor } from './receipts-read.ts';
import { addRegular, type Regular, regularOf, stopRegular } from './regular.ts';

export type RoundUp = { subscription: number; product: string; charge: number | null; cents: Cents; since: Day | null };
export type OwnGiving = {
  gifts: GiftRow[];
  receipts: ReceiptRow[];
  regular: Regular[];
  /** Subscriptions that go on, each with what is given with every basket of it. */
  roundUps: RoundUp[];
  online: boolean;
  /** Whether the garden makes tax receipts. */
  eligible: boolean;
  wish: 'year' | 'once' | 'none';
};

/** Her subscriptions that go on, with what is given at each delivery of them (« arrondi solidaire »). One query. */
async function roundUpsOf(tx: Tx, customer: number, today: Day): Promise<RoundUp[]> {
  const { rows } = await sql<RoundUp>`
    select s.id as subscription, p.name as product, c.id as charge, coalesce(c.unit_price_cents, 0)::bigint as cents, c.bill_on as since
    from subscription s
    join product p on p.garden_id = s.garden_id and p.id = s.product_id
    left join charge c on c.garden_id = s.garden_id and c.subscription_id = s.id and c.kind = 'gift' and c.per = 'delivery' and c.withdrawn_at is null
      and coalesce(c.until_on > ${today}, true)
    where s.garden_id = app_garden() and s.customer_id = ${customer} and coalesce(s.ends_on >= ${today}, true)
    order by s.starts_on, s.id`.execute(tx);
  return rows;
}

/** What a customer gives, and may give. Eight queries at most. */
export function ownGiving(own: Own, today: Day): Promise<OwnGiving> {
  const actor = lookOwn(own, 'giving:read');
  return readInGarden(actor, async (tx) => {
    const [donor, roundUps, online, statements] = await Promise.all([
      tx.selectFrom('donor').select(['id', 'receipts']).where('customer_id', '=', own.customerId).executeTakeFirst(),
      roundUpsOf(tx, own.customerId, today),
      paysOnline(tx),
      statementsOf(tx),
    ]);
    const [gifts, receipts, regular] = donor
      ? await Promise.all([giftsOf(tx, donor.id), receiptsOfDonor(tx, donor.id), regularOf(tx, donor.id)])
      : [[], [], []];
    return {
      ...{ gifts: gifts.filter(({ state }) => state === 'received'), receipts: receipts.filter(({ cancelled }) => !cancelled) },
      ...{ regular: regular.filter(({ endsOn }) => endsOn === null), roundUps, online: online !== null },
      ...{ eligible: statementOn(statements, today)?.eligible ?? false, wish: donor?.receipts ?? 'year' },
    };
  });
}

/** One of her receipts as a PDF; null when there is none, or it is somebody else's. */
export function ownReceipt(own: Own, id: number): Promise<Pdf | null> {
  const actor = lookOwn(own, 'giving:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql`
      select from receipt r join donor d on d.garden_id = r.garden_id and d.id = r.donor_id
      where r.garden_id = app_garden() and r.id = ${id} and d.customer_id = ${own.customerId}`.execute(tx);
    return rows.length > 0 ? receiptFile(tx, id) : null;
  });
}

/**
 * From now on, so much is given with each basket of a subscription of hers, on her bills; 0: nothing any more. What was given stays. The same amount again changes nothing.
 */
export async function roundUp(own: Own, subscription: number, cents: Cents, today: Day): Promise<Outcome<null>> {
  const actor = requireOwn(own, 'giving:change', 'billing:change');
  if (cents > 5000) return refuse('Ce montant est trop grand pour chaque panier.', { cents: 'Pas plus de 50 € par panier.' });
  const found = await readInGarden(actor, (tx) => roundUpsOf(tx, own.customerId, today));
  const held = found.filter((one) => one.subscription === subscription);
  if (held.length === 0) return refuse('Cet abonnement n’est pas, ou plus, le vôtre.');
  const current = held.filter(({ charge }) => charge !== null);
  if (current.reduce((sum, one) => sum + one.cents, 0) === cents) return done(null);
  for (const { charge, since } of current) {
    const stopped = since! > today ? await withdrawCharge(actor, charge!) : await endCharge(actor, charge!, today);
    if (!stopped.ok) return stopped;
  }
  if (cents === 0) return done(null);
  return inGarden(actor, async (tx) => {
    // Named by how many there were: sent twice at the same moment, there is one.
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from charge where garden_id = app_garden() and subscription_id = ${subscription} and source like 'round-up:%'`.execute(
      tx,
    );
    await addCharges(tx, own.gardenId, [
      {
        ...{ customer: own.customerId, kind: 'gift', label: 'Arrondi solidaire', unitPrice: cents, subscription, per: 'delivery' },
        ...{ billOn: today, source: `round-up:${subscription}:${rows[0]!.count}` },
      },
    ]);
    return done(null);
  });
}

/** Gives once, online, or every month, with her bills. The same form sent twice acts once. @returns the path of the payment; null when there is none to make. */
export function giveOwn(own: Own, values: OwnGift, returnTo: string, today: Day): Promise<Outcome<{ path: string | null }>> {
  const actor = requireOwn(own, 'giving:change', 'payments:change');
  const amount = amountOf(values);
  if (!amount.ok) return Promise.resolve(amount);
  const cents = amount.value;
  return allOrNothing<{ path: string | null }>(actor, async (tx) => {
    const donor = await donorOfCustomer(tx, own.gardenId, own.customerId);
    if (donor === null) return refuse('Votre fiche n’est pas complète : appelez le jardin.');
    const source = `own:${own.customerId}:${values.key}`;
    if (values.how === 'monthly') {
      await addRegular(tx, own.gardenId, { donor, campaign: null, cents, way: 'bill', startsOn: today, source });
      return done({ path: null });
    }
    await sql`select pg_advisory_xact_lock(44, hashtext(${source}))`.execute(tx);
    const known = await tx.selectFrom('gift').select('id').where('source', '=', source).executeTakeFirst();
    const gift =
      known ??
      (await tx
        .insertInto('gift')
        .values({
          garden_id: own.gardenId,
          donor_id: donor,
          nature: 'money',
          origin: 'online',
          cents,
          day: today,
          state: 'promised',
          source,
        })
        .returning('id')
        .executeTakeFirstOrThrow());
    const { rows } = await sql<{ firstName: string; lastName: string; email: string }>`
      select first_name as "firstName", last_name as "lastName", email from customer where garden_id = app_garden() and id = ${own.customerId}`.execute(
      tx,
    );
    return startPayment(tx, own.gardenId, {
      ...{
        customerId: await commonAccount(tx, own.gardenId),
        cents,
        purpose: 'Don au jardin',
        returnTo,
        key: `gift:${source}`,
        about: `gift:${gift.id}`,
      },
      payer: rows[0]!,
    });
  });
}

/** Stops a monthly gift of hers. Twice, it acts once. */
export function stopOwnRegular(own: Own, id: number, today: Day): Promise<Outcome<null>> {
  const actor = requireOwn(own, 'giving:change');
  return inGarden(actor, async (tx) => {
    const donor = await tx.selectFrom('donor').select('id').where('customer_id', '=', own.customerId).executeTakeFirst();
    return donor ? stopRegular(tx, id, donor.id, today) : refuse('Ce don régulier n’existe pas.');
  });
}

/** How she wants her tax receipts. */
export function wishReceipts(own: Own, wish: 'year' | 'once' | 'none'): Promise<Outcome<null>> {
  const actor = requireOwn(own, 'giving:change');
  return inGarden(actor, async (tx) => {
    const donor = await donorOfCustomer(tx, own.gardenId, own.customerId);
    if (donor === null) return refuse('Votre fiche n’est pas complète : appelez le jardin.');
    await sql`update donor set receipts = ${wish}, version = version + 1 where garden_id = app_garden() and id = ${donor} and receipts <> ${wish}`.execute(
      tx,
    );
    return done(null);
  });
}

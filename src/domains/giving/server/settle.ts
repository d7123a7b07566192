import { sql } from 'kysely';
import { moveCharge } from '#domains/billing/index.server.ts';
import { closedUntil, reverse } from '#domains/ledger/index.server.ts';
import { writeTo } from '#domains/messages/index.server.ts';
import { type TryAbout, triesAbout } from '#domains/online/index.server.ts';
import { feedEnvelope, withdrawFeed } from '#domains/solidarity/index.server.ts';
import { type Day, sayDay } from '#kernel/day.ts';
import { type Cents, formatEuros } from '#kernel/money.ts';
import { type Actor, requireRight, systemActor } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { giftsFromBills } from './bills.ts';
import { keepReceived, lockGift } from './gifts.ts';
import { askGivenValues } from './given-baskets.ts';
import { askRegular } from './regular.ts';

const prefix = 'gift:';
const giftOf = ({ about }: Pick<TryAbout, 'about'>): number => Number(about.slice(prefix.length));

/**
 * What payments online tell of gifts: money that came makes one received, at what really came; money that went back takes it back. Each once, however often it is asked.
 * Two payments for one promise are two gifts. @param id one try; left out: all of them.
 */
async function settleOnline(tx: Tx, gardenId: number, today: Day, id?: number): Promise<void> {
  const tries = (await triesAbout(tx, prefix, id === undefined ? {} : { id })).filter(({ payment }) => payment !== null);
  if (tries.length === 0) return;
  // One at a time: the browser that comes back, a notification and the night may tell the same at the same moment.
  await sql`select from gift where garden_id = app_garden() and id = any(${[...new Set(tries.map(giftOf))]}::bigint[]) order by id for update`.execute(
    tx,
  );
  const { rows: written } = await sql<{ id: number; payment: number; state: string }>`
    select id, payment_id as payment, state from gift where garden_id = app_garden() and payment_id = any(${tries.map(({ payment }) => payment)}::bigint[])`.execute(
    tx,
  );
  const byPayment = new Map(written.map((row) => [row.payment, row]));
  for (const one of tries) {
    const known = byPayment.get(one.payment!);
    if (!known && !one.refunded) await receiveOnline(tx, gardenId, one);
    else if (known?.state === 'received' && one.refunded) await fall(tx, known.id, 'Remboursé en ligne.', today);
  }
}

/** The money of a gift has come online: a first time it is the gift that was promised, a second time another one. */
async function receiveOnline(tx: Tx, gardenId: number, { about, payment, cents, day, id }: TryAbout): Promise<void> {
  const promised = await lockGift(tx, Number(about.slice(prefix.length)));
  if (!promised) throw new Error(`There is no gift ${about}.`);
  let gift = promised.id;
  if (promised.state !== 'promised') {
    const { rows } = await sql<{ id: number }>`
      insert into gift (garden_id, donor_id, campaign_id, nature, origin, cents, day, state, counterpart, source)
      select garden_id, donor_id, campaign_id, 'money', 'online', ${cents}, ${day}, 'promised', counterpart, ${`online:${id}`}
      from gift where garden_id = app_garden() and id = ${promised.id}
      on conflict (garden_id, source) where source is not null do nothing returning id`.execute(tx);
    if (!rows[0]) return;
    gift = rows[0].id;
  }
  await sql`update gift set cents = ${cents}, day = ${day} where garden_id = app_garden() and id = ${gift}`.execute(tx);
  await keepReceived(tx, gardenId, (await lockGift(tx, gift))!, { payment, means: 'transfer' });
  await thank(tx, gardenId, gift);
}

async function thank(tx: Tx, gardenId: number, id: number): Promise<void> {
  const { rows } = await sql<{ email: string; firstName: string; lastName: string; cents: Cents; day: Day; campaign: string }>`
    select d.email, d.first_name as "firstName", d.last_name as "lastName", g.cents, g.day, coalesce(c.title, '') as campaign
    from gift g join donor d on d.garden_id = g.garden_id and d.id = g.donor_id left join campaign c on c.garden_id = g.garden_id and c.id = g.campaign_id
    where g.garden_id = app_garden() and g.id = ${id} and d.email <> ''`.execute(tx);
  const [one] = rows;
  if (!one) return;
  const variables = { montant: formatEuros(one.cents), jour: sayDay(one.day), pour: one.campaign };
  await writeTo(tx, gardenId, { to: one.email, name: one.firstName || one.lastName, event: 'gift_received', variables });
}

/** The money of a gift went back or bounced: its entry is taken back. A receipt that stands for it is to be cancelled: the list of receipts says so. */
async function fall(tx: Tx, id: number, reason: string, today: Day): Promise<void> {
  const gift = await lockGift(tx, id);
  if (gift?.state !== 'received') return;
  const closed = await closedUntil(tx);
  // The period is closed up to today: it waits for a day that is open.
  if (closed && today <= closed) return;
  if (gift.entry !== null) {
    const mirrored = await reverse(tx, gift.entry, { day: today, label: `Don qui n’est pas arrivé : ${gift.donorName}`.slice(0, 200) });
    if (!mirrored.ok) throw new Error(mirrored.reason);
  }
  await sql`update gift set state = 'cancelled', reason = ${reason}, version = version + 1 where garden_id = app_garden() and id = ${id}`.execute(
    tx,
  );
  await withdrawFeed(tx, `gift:${id}`);
}

/** Gifts whose cheque bounced or whose payment was taken back elsewhere. */
async function settleFallen(tx: Tx, today: Day): Promise<void> {
  const { rows } = await sql<{ id: number; state: 'rejected' | 'cancelled'; reason: string; payment: number; customer: number | null }>`
    select g.id, p.state, p.reason, p.id as payment, d.customer_id as customer from gift g join donor d on d.garden_id = g.garden_id and d.id = g.donor_id join payment p on p.garden_id = g.garden_id and p.id = g.payment_id
    where g.garden_id = app_garden() and g.state = 'received' and p.state in ('rejected', 'cancelled') order by g.id`.execute(tx);
  for (const { id, state, reason, payment, customer } of rows) {
    // What a rejection costs is asked of the donor when she is a customer. Of anybody else the garden bears it, with what its bank took.
    await moveCharge(tx, `rejection:${payment}`, customer);
    await fall(
      tx,
      id,
      `${state === 'rejected' ? 'Règlement rejeté' : 'Règlement annulé'}${reason ? ` : ${reason}` : ''}`.slice(0, 200),
      today,
    );
  }
}

/** Gifts of campaigns that feed a programme of solidarity baskets are there for it, each once. Two statements for each new gift. */
async function feedProgrammes(tx: Tx, gardenId: number): Promise<void> {
  const { rows } = await sql<{ id: number; programme: number; cents: Cents; day: Day; title: string }>`
    select g.id, c.programme_id as programme, g.cents, g.day, c.title
    from gift g join campaign c on c.garden_id = g.garden_id and c.id = g.campaign_id
    join programme p on p.garden_id = c.garden_id and p.id = c.programme_id and p.archived_at is null
    where g.garden_id = app_garden() and g.state = 'received' and g.nature <> 'goods'
      and not exists (select from programme_envelope e where e.garden_id = g.garden_id and e.source = 'gift:' || g.id)
    order by g.id`.execute(tx);
  for (const { id, programme, cents, day, title } of rows) {
    const fed = await feedEnvelope(tx, gardenId, {
      ...{
        programmeId: programme,
        funderId: null,
        startsOn: day,
        endsOn: null,
        cents,
        baskets: null,
        note: `Dons « ${title} »`,
        source: `gift:${id}`,
      },
    });
    if (!fed.ok) throw new Error(fed.reason);
  }
}

/** Told by a payment online that something is known: the gift it is about, if it is about one. */
export function settleOnlineGift(gardenId: number, payment: number, today: Day): Promise<void> {
  return inGarden(systemActor(gardenId), async (tx) => {
    await settleOnline(tx, gardenId, today, payment);
    await feedProgrammes(tx, gardenId);
  });
}

/**
 * Every night, and when staff open the list: all that others tell of gifts is written. Payments online, cheques that bounced, invoices that are paid, deposits left,
 * gifts of the month, envelopes of programmes. Asked again, nothing more is written.
 */
export function settleGifts(actor: Actor, today: Day): Promise<void> {
  requireRight(actor, 'giving:change');
  return inGarden(actor, async (tx) => {
    // Two at once wait for each other.
    await sql`select pg_advisory_xact_lock(40, ${actor.gardenId}::integer)`.execute(tx);
    await settleOnline(tx, actor.gardenId, today);
    await settleFallen(tx, today);
    await askGivenValues(tx, actor.gardenId, today);
    await giftsFromBills(tx, actor.gardenId, today);
    await askRegular(tx, actor.gardenId, today);
    await feedProgrammes(tx, actor.gardenId);
  });
}

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ownSubscriptions } from '../../src/domains/account/index.server.ts';
import { type NewPath, saveProgramme, settleGarden, startPath } from '../../src/domains/solidarity/index.server.ts';
import {
  acceptOffer,
  addToWaiting,
  offerPlace,
  previewSubscription,
  type SubscribeForm,
  subscribe,
  subscribeWithin,
} from '../../src/domains/subscriptions/index.server.ts';
import { addDays } from '../../src/kernel/day.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { type BillingGarden, balances, bill, plantBilling, subscribed } from './billing.garden.ts';
import { sow } from './customers.garden.ts';
import { sowCustomer, today } from './places.garden.ts';
import { value } from './solidarity-people.garden.ts';

/**
 * A price that was agreed goes along with a subscription made by hand, as with one that is renewed (0037). A basket is 13,80 €: 2,50 € are hers, the town pays the
 * rest, 11,30 €. Wednesdays from 22 October to 24 December 2025; the old subscription gives six of them, up to 26 November.
 */

const database = useDatabase();
let garden: BillingGarden;
let programme: number;
let other: number;
beforeAll(async () => {
  garden = await plantBilling(database.ownerUrl());
  await garden.owner.query(`select install_solidarity(${garden.gardenId})`);
  await sow(garden, 'plan_price', { plan_id: garden.places.plan, starts_on: '2000-01-01', price_cents: 1380 });
  other = await sow(garden, 'plan', { name: 'Le grand', product_id: garden.places.simple });
  await sow(garden, 'plan_price', { plan_id: other, starts_on: '2000-01-01', price_cents: 2000 });
  const town = await sow(garden, 'funder', { kind: 'commune', name: 'Ville', customer_id: await sowCustomer(garden, 'Ville') });
  await sow(garden, 'funder_treatment', { funder_id: town, starts_on: '2025-01-01', treatment: 'subsidy' });
  programme = await sow(garden, 'programme', { name: 'Paniers pour tous', starts_on: '2025-01-01', person_cents: 250 });
  await sow(garden, 'programme_share', { programme_id: programme, position: 1, funder_id: town, kind: 'remainder' });
});
afterAll(() => garden.owner.end());
beforeEach(async () => {
  await garden.owner.query('update garden set settings = $1 where id = $2', [{ startsWhen: 'payment' }, garden.gardenId]);
  await garden.owner.query('delete from programme_plan');
});
const covers = (...plans: number[]) =>
  Promise.all(plans.map((plan) => sow(garden, 'programme_plan', { programme_id: programme, plan_id: plan })));

let people = 0;
/** Somebody whose subscription ends on 30 November, and whose stay ends on a day. */
async function helped(endsOn: string, atEnd: NewPath['atEnd'] = 'ends', more: Record<string, unknown> = {}) {
  people += 1;
  const one = await subscribed(garden, `aidée ${people}`, { ends_on: '2025-11-30', ...more });
  const path: NewPath = {
    ...{ programmeId: programme, customerId: one.customer, subscriptionId: one.subscription, affiliation: '', place: '', household: 2 },
    ...{ reference: '', startsOn: '2025-10-20', endsOn, atEnd },
  };
  const { id } = value(await inGarden(garden.marie, (tx) => startPath(tx, garden.gardenId, path)));
  return { ...one, name: `aidée ${people}`, path: id };
}
const form = (customerId: number, more: Partial<SubscribeForm> = {}): SubscribeForm => ({
  ...{ customerId, planId: garden.places.plan, frequency: 'weekly', quantity: 1, slotId: garden.places.openSlot, basketCount: null },
  ...{ startsOn: '2025-12-01', endsOn: '2025-12-31', after: 0, ...more },
});
const seen = async (one: SubscribeForm) => value(await previewSubscription(garden.marie, one, today));
const made = async (id: number) =>
  (
    await garden.owner.query(
      `select s.starts_on::text as "from", s.ends_on::text as until, s.awaiting, s.price_cents::int as price,
        (select jsonb_agg(jsonb_build_array(o.starts_on, o.ends_on) order by o.starts_on) from own_share o where o.subscription_id = s.id) as agreed
       from subscription s where s.id = $1`,
      [id],
    )
  ).rows[0];
const paidByTown = async (path: number) =>
  (
    await garden.owner.query('select coalesce(sum(cents), 0)::int as cents from payer_line where path_id = $1 and funder_id is not null', [
      path,
    ])
  ).rows[0].cents;

test('made by hand for the new season: her price, who pays the rest, and the term go along; sent twice, it is one', async () => {
  const one = await helped('2025-12-17');
  const asked = form(one.customer);
  const preview = await seen(asked);
  expect(preview).toMatchObject({ priceCents: 1380, startsOn: '2025-12-01', endsOn: '2025-12-17', awaiting: null });
  expect(preview.agreed).toMatchObject({ ownCents: 250, endsOn: '2025-12-17', taken: { kind: 'along', from: '2025-12-01', until: null } });
  // 3, 10 and 17 December.
  expect(preview.totalCents).toBe(3 * 250);
  const confirmed = { ...asked, endsOn: preview.endsOn, agreedSeen: preview.agreed!.key };
  const [first, again] = [await subscribe(garden.marie, confirmed, today), await subscribe(garden.marie, confirmed, today)];
  expect(again).toEqual(first);
  expect(value(await subscribe(garden.marie, asked, today)).id).toBe(value(first).id);
  expect(await made(value(first).id)).toEqual({
    ...{ from: '2025-12-01', until: '2025-12-17', awaiting: null, price: 1380 },
    agreed: [['2025-12-01', '2025-12-17']],
  });
  await settleGarden(garden.marie, '2026-01-05');
  await bill(garden, '2025-12-31');
  expect((await balances(garden))[one.name]).toBe(9 * 250);
  expect(await paidByTown(one.path)).toBe(9 * 1130);
});

test('the price of all is never unannounced: another plan, another subscription that has it, or over; and nothing of it is written', async () => {
  await covers(garden.places.plan);
  const one = await helped('2025-12-17');
  const cases = [
    [form(one.customer, { planId: other }), 'plan'],
    [form(one.customer, { startsOn: '2025-12-18' }), 'over'],
  ] as const;
  for (const [asked, why] of cases) {
    const preview = await seen(asked);
    expect(preview.agreed).toMatchObject({ taken: { kind: 'left', why }, endsOn: '2025-12-17' });
    expect(preview.totalCents).toBe(preview.baskets.length * preview.priceCents);
    // Nothing that was shown, or something else: it is asked to be read again.
    expect(await subscribe(garden.marie, { ...asked, agreedSeen: '' }, today)).toMatchObject({
      ok: false,
      fields: { convenu: expect.any(String) },
    });
    const { id } = value(await subscribe(garden.marie, { ...asked, agreedSeen: preview.agreed!.key }, today));
    expect(await made(id)).toMatchObject({ agreed: null, awaiting: 'payment' });
  }
  const lasting = await helped('2025-12-17', 'ends', { ends_on: '2025-12-17' });
  expect((await seen(form(lasting.customer, { startsOn: '2025-11-05' }))).agreed).toMatchObject({ taken: { kind: 'left', why: 'busy' } });
  // Nobody else is told anything.
  expect((await seen(form(await sowCustomer(garden, 'Personne')))).agreed).toBeNull();
});

test('begun before the other is over: its price from the day after, told', async () => {
  const one = await helped('2025-12-17');
  const asked = form(one.customer, { startsOn: '2025-11-24' });
  const preview = await seen(asked);
  expect(preview.agreed!.taken).toMatchObject({ kind: 'along', from: '2025-12-01' });
  // 26 November at the price of all, then three at hers.
  expect(preview.totalCents).toBe(1380 + 3 * 250);
  const { id } = value(await subscribe(garden.marie, { ...asked, agreedSeen: preview.agreed!.key }, today));
  expect(await made(id)).toMatchObject({ until: '2025-12-17', agreed: [['2025-12-01', '2025-12-17']], awaiting: 'payment' });
});

test('the price of all was agreed for afterwards: it comes on its day, and the preview tells it', async () => {
  const one = await helped('2025-12-17', 'ordinary');
  const preview = await seen(form(one.customer));
  expect(preview).toMatchObject({ endsOn: '2025-12-31', totalCents: 3 * 250 + 1380 });
  expect(preview.agreed!.taken).toMatchObject({ until: '2025-12-17' });
});

test('a pack that was used up leaves its price to the next; a plan of the same name, or covered since, is covered', async () => {
  await covers(garden.places.plan);
  const pack = await helped('2025-12-17', 'ends', { basket_count: 2, ends_on: '2025-12-17' });
  expect((await seen(form(pack.customer, { startsOn: '2025-11-05' }))).agreed).toMatchObject({
    taken: { kind: 'along', from: '2025-11-05' },
  });
  const { rows } = await garden.owner.query('select name from plan where id = $1', [garden.places.plan]);
  const season = await sow(garden, 'season', { name: 'Hiver', starts_on: '2025-12-01', ends_on: '2026-03-31' });
  const again = await sow(garden, 'plan', { name: rows[0].name, season_id: season, product_id: garden.places.simple });
  await sow(garden, 'plan_price', { plan_id: again, starts_on: '2000-01-01', price_cents: 1400 });
  const one = await helped('2025-12-17');
  expect((await seen(form(one.customer, { planId: again }))).agreed).toMatchObject({ ownCents: 250, taken: { kind: 'along' } });

  expect((await seen(form(one.customer, { planId: other }))).agreed).toMatchObject({ taken: { why: 'plan' } });
  const saved = await garden.owner.query('select version from programme where id = $1', [programme]);
  const { funders } = await import('../../src/domains/solidarity/index.server.ts');
  const town = (await funders(garden.marie)).find(({ name }) => name === 'Ville')!;
  const { programmeForm } = await import('../../src/domains/solidarity/schema.ts');
  const values = programmeForm.parse({
    ...{
      name: 'Paniers pour tous',
      startsOn: '2025-01-01',
      endsOn: '',
      personCents: '2,50',
      personPercent: '30',
      plans: [String(garden.places.plan), String(other)],
    },
    ...{
      version: String(saved.rows[0].version),
      termMonths: '6',
      whenShort: 'stop',
      warnPercent: '20',
      note: '',
      funder1: String(town.id),
      kind1: 'remainder',
    },
  });
  value(await saveProgramme(garden.marie, programme, values, today));
  expect((await seen(form(one.customer, { planId: other }))).agreed).toMatchObject({ taken: { kind: 'along' } });
});

test('a place taken from the waiting list: the same', async () => {
  const one = await helped('2025-12-17');
  const wish = {
    customerId: one.customer,
    planId: garden.places.plan,
    frequency: 'weekly',
    quantity: 1,
    wishedFrom: '2025-12-01',
  } as const;
  const { id: entryId } = value(await addToWaiting(garden.marie, { ...wish, slotIds: [garden.places.openSlot], note: '' }, today));
  value(await offerPlace(garden.marie, { entryId, slotId: garden.places.openSlot, until: addDays(today, 7), beyond: false }, today));
  const ask = { entryId, startsOn: '2025-12-01', endsOn: null, basketCount: null, already: false, beyond: false };
  const { id } = value(await acceptOffer(garden.marie, ask, today));
  expect(await made(id)).toMatchObject({ until: '2025-12-17', agreed: [['2025-12-01', '2025-12-17']] });
});

test('who signed up by herself was shown the price of all: hers holds for its days, nothing is cut short nor begun sooner', async () => {
  const one = await helped('2025-12-17');
  const taken = { ...form(one.customer), agreed: 'herself' as const };
  const { id } = value(await inGarden(garden.marie, (tx) => subscribeWithin(tx, garden.gardenId, taken, today)));
  expect(await made(id)).toEqual({
    ...{ from: '2025-12-01', until: '2025-12-31', awaiting: 'payment', price: 1380 },
    agreed: [['2025-12-01', '2025-12-17']],
  });
});

test('in her account: the price she owes, until when, and the one that follows', async () => {
  const own = (customerId: number) => ({ gardenId: garden.gardenId, userId: 'elle', customerId, seenBy: 'customer' as const });
  const shown = async (customer: number, on: string) =>
    (await ownSubscriptions(own(customer), on)).map((one) => [one.priceCents, one.agreedUntil, one.next]);
  const through = await helped('2025-11-12', 'ordinary');
  expect(await shown(through.customer, '2025-10-22')).toEqual([[250, '2025-11-12', { from: '2025-11-13', owed: 1380 }]]);
  expect(await shown(through.customer, '2025-11-13')).toEqual([[1380, null, null]]);
  // It ends with the subscription, or after it: no other price comes.
  const whole = await helped('2025-11-30');
  expect(await shown(whole.customer, '2025-10-22')).toEqual([[250, '2025-11-30', null]]);
  // Of one begun before the other is over: the price of all first, then hers.
  const twice = await helped('2025-12-17');
  const asked = form(twice.customer, { startsOn: '2025-11-24' });
  value(await subscribe(garden.marie, asked, today));
  expect(await shown(twice.customer, '2025-11-25')).toContainEqual([1380, null, { from: '2025-12-01', owed: 250 }]);
  const anybody = await subscribed(garden, 'comme tout le monde');
  expect(await shown(anybody.customer, '2025-10-22')).toEqual([[1380, null, null]]);
});

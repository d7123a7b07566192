import { afterAll, beforeAll, expect, test } from 'vitest';
import { previewSubscription, type SubscribeForm, subscribe } from '../../src/domains/subscriptions/index.server.ts';
import { AccessDenied } from '../../src/platform/access/actor.ts';
import { useDatabase } from '../database.ts';
import { countingQueries } from '../queries.ts';
import { plantGarden, sow, type TestGarden } from './customers.garden.ts';
import { type Places, plantPlaces, sowCustomer, sowSubscription, today } from './places.garden.ts';

const database = useDatabase({ max: 50 });
let garden: TestGarden;
let places: Places;
beforeAll(async () => {
  garden = await plantGarden(database.ownerUrl());
  places = await plantPlaces(garden);
  await sow(garden, 'plan_price', { plan_id: places.plan, starts_on: '2000-01-01', price_cents: 1380 });
  await sow(garden, 'plan_price', { plan_id: places.plan, starts_on: '2025-11-15', price_cents: 1450 });
});
afterAll(() => garden.owner.end());

const baskets = async (id: number) =>
  (
    await garden.owner.query(
      `select l.date::text as date, b.quantity from basket b join delivery l on l.id = b.delivery_id where b.subscription_id = $1 order by l.date`,
      [id],
    )
  ).rows;
const stored = async (id: number) => (await garden.owner.query('select * from subscription where id = $1', [id])).rows[0];
const setting = (settings: object) => garden.owner.query('update garden set settings = $1 where id = $2', [settings, garden.gardenId]);

const wish = (customerId: number, more: Partial<SubscribeForm> = {}): SubscribeForm => ({
  customerId,
  planId: places.plan,
  frequency: 'weekly',
  quantity: 1,
  slotId: places.openSlot,
  basketCount: null,
  startsOn: null,
  endsOn: '2025-12-31',
  after: 0,
  ...more,
});
const made = async (form: SubscribeForm) => {
  const answer = await subscribe(garden.marie, form, today);
  if (!answer.ok) throw new Error(answer.reason);
  return answer.value.id;
};
const refusal = async (form: SubscribeForm) => {
  const answer = await subscribe(garden.marie, form, today);
  return answer.ok ? null : answer;
};

test('what is shown before is what is made: dates, price, payments; it starts with the first delivery that still changes', async () => {
  const customer = await sowCustomer(garden, 'Lamy');
  const form = wish(customer);
  const preview = await previewSubscription(garden.marie, form, today);
  if (!preview.ok) throw new Error(preview.reason);
  // Preparation on Tuesday 21, frozen a day before: Wednesday 22 has gone.
  expect(preview.value.startsOn).toBe('2025-10-29');
  expect(preview.value.payments.map((one) => [one.dueOn, one.cents])).toEqual([
    ['2025-10-29', 1380],
    ['2025-11-26', 4 * 1380],
    ['2025-12-24', 4 * 1380],
  ]);
  expect(preview.value.totalCents).toBe(9 * 1380);
  const id = await made(form);
  expect(await baskets(id)).toEqual(preview.value.baskets.map(({ date, quantity }) => ({ date, quantity })));
  expect(await stored(id)).toMatchObject({ price_cents: 1380, billing_mode: 'arrears', renews: false, awaiting: null });
});

test('the price is that of the first day; two form sends make one; a second one alike is made by opening the form again', async () => {
  const customer = await sowCustomer(garden, 'Deux fois');
  const form = wish(customer, { startsOn: '2025-11-17' });
  const ids = await Promise.all([1, 2, 3].map(() => made(form)));
  expect(new Set(ids).size).toBe(1);
  expect(await stored(ids[0]!)).toMatchObject({ price_cents: 1450 });
  expect(await made({ ...form, after: ids[0]! })).not.toBe(ids[0]);
  expect(await made({ ...form, quantity: 2 })).not.toBe(ids[0]);
});

test('fifty people sign up at the same moment for ten places: ten of them get in', async () => {
  const customers: number[] = [];
  for (let index = 0; index < 50; index++) customers.push(await sowCustomer(garden, `Parallèle ${index}`));
  const answers = await Promise.all(
    customers.map((customer) => subscribe(garden.marie, wish(customer, { slotId: places.tenSlot }), today)),
  );
  expect(answers.filter((answer) => answer.ok)).toHaveLength(10);
  const refused = answers.find((answer) => !answer.ok);
  expect(refused).toMatchObject({ reason: expect.stringContaining('Complet : 10 paniers sur 10'), fields: { beyond: expect.any(String) } });
  const full = (
    await garden.owner.query('select max(n) from (select sum(quantity) n from basket where slot_id = $1 group by delivery_id) x', [
      places.tenSlot,
    ])
  ).rows[0];
  expect(Number(full.max)).toBe(10);
  expect(await refusal(wish(customers[0]!, { slotId: places.tenSlot, beyond: true, after: 1e9 }))).toBeNull();
});

test('by count: so many baskets, two at a time, whatever the calendar already holds; a deposit for the first subscription alone', async () => {
  const pack = await sow(garden, 'plan', {
    name: 'Carnet',
    product_id: places.simple,
    basket_counts: '{6,24}',
    billing_mode: 'pack',
    deposit_cents: 2000,
    container_fee_cents: 300,
    trial_baskets: 2,
    tacit_renewal: true,
    frequencies: '{fortnightly}',
  });
  await sow(garden, 'plan_price', { plan_id: pack, starts_on: '2000-01-01', price_cents: 1300 });
  await sowSubscription(garden, places, await sowCustomer(garden, 'Pair'), places.openSlot, { frequency: 'even_weeks', quantity: 30 });
  const customer = await sowCustomer(garden, 'Carnet');
  const form = wish(customer, { planId: pack, frequency: 'fortnightly', quantity: 2, basketCount: 6, endsOn: null });
  const preview = await previewSubscription(garden.marie, form, today);
  expect(preview).toMatchObject({
    ok: true,
    value: { frequency: 'odd_weeks', endsOn: '2026-12-31', unplaced: 0, totalCents: 7800, depositCents: 2000 },
  });
  const id = await made(form);
  expect((await baskets(id)).map((one) => one.quantity)).toEqual([2, 2, 2]);
  expect(await stored(id)).toMatchObject({
    basket_count: 6,
    billing_count: 6,
    deposit_cents: 2000,
    container_fee_cents: 300,
    trial_baskets: 2,
    renews: true,
    frequency: 'odd_weeks',
  });
  const more = await previewSubscription(garden.marie, { ...form, basketCount: 24 }, today);
  expect(more).toMatchObject({ ok: true, value: { unplaced: 24 - 8, totalCents: 24 * 1300, depositCents: 0, feeCents: 0 } });
  expect(await refusal({ ...form, basketCount: 7, after: id })).toMatchObject({
    fields: { nombre: expect.stringContaining('6 ou 24 paniers') },
  });
});

test('a garden may wait for the payment: no basket, but the place is kept; what is there already starts at once', async () => {
  await setting({ startsWhen: 'payment' });
  const slotId = await sow(garden, 'slot', { tour_id: places.thursday, depot_id: places.station, stop_order: 3, capacity: 1 });
  const customer = await sowCustomer(garden, 'Attend');
  const id = await made(wish(customer, { slotId }));
  expect(await stored(id)).toMatchObject({ awaiting: 'payment' });
  expect(await baskets(id)).toEqual([]);
  expect(await refusal(wish(await sowCustomer(garden, 'Trop tard'), { slotId }))).toMatchObject({ fields: { beyond: expect.any(String) } });
  const now = await made(wish(await sowCustomer(garden, 'Paie'), { already: true }));
  expect(await baskets(now)).toHaveLength(9);
  await setting({});
});

test('what the plan does not allow is refused beside its field, with what to do', async () => {
  const customer = await sowCustomer(garden, 'Refus');
  const season = await sow(garden, 'season', { name: '2025', starts_on: '2025-01-01', ends_on: '2025-11-30' });
  const members = await sow(garden, 'plan', {
    name: 'Membres',
    product_id: places.simple,
    season_id: season,
    membership_required: true,
    max_quantity: 2,
  });
  await sow(garden, 'plan_price', { plan_id: members, starts_on: '2000-01-01', price_cents: 1000 });
  const form = wish(customer, { planId: members, endsOn: null });
  expect(await refusal(form)).toMatchObject({ fields: { adhesion: expect.stringContaining('Ajouter une adhésion') } });
  await sow(garden, 'membership', { customer_id: customer, starts_on: '2025-01-01', ends_on: '2025-12-31', amount_cents: 1500 });
  expect(await refusal({ ...form, quantity: 3 })).toMatchObject({ fields: { quantite: expect.stringContaining('2') } });
  expect(await refusal({ ...form, endsOn: '2025-12-31' })).toMatchObject({ fields: { fin: expect.any(String) } });
  expect(await refusal({ ...form, startsOn: '2025-11-28' })).toMatchObject({
    fields: { debut: expect.stringContaining('Aucune livraison') },
  });
  const id = await made(form);
  expect(await stored(id)).toMatchObject({ ends_on: '2025-11-30' });
  await garden.owner.query('update customer set archived_at = now() where id = $1', [customer]);
  expect(await refusal({ ...form, after: id })).toMatchObject({ reason: expect.stringContaining('archivée') });
});

test('a preview takes sixteen queries at most, and the right to change subscriptions', async () => {
  const customer = await sowCustomer(garden, 'Compte');
  const { queries } = await countingQueries(() => previewSubscription(garden.marie, wish(customer, { frequency: 'fortnightly' }), today));
  expect(queries.length).toBeLessThanOrEqual(16);
  expect(() => subscribe(garden.with('subscriptions:read'), wish(customer), today)).toThrow(AccessDenied);
  expect(() => previewSubscription(garden.with('subscriptions:read'), wish(customer), today)).toThrow(AccessDenied);
});

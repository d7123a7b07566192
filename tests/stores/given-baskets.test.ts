import { expect, test } from 'vitest';
import { owedLinesOn, receivedBaskets, valuesGiven } from '../../src/domains/billing/index.server.ts';
import { customerRecord, planBaskets, withdrawRequest } from '../../src/domains/subscriptions/index.server.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { sow } from './customers.garden.ts';
import { ask, baskets, garden, ids, lea, stored, today, useRequests, vegetables } from './requests.garden.ts';
import { value } from './solidarity-people.garden.ts';

/** A basket given while away. A basket is 13,80 €; the station is on Wednesdays, the school on Thursdays; today is Monday of week 43, whose Wednesday is frozen. */

useRequests();

let numbers = 0;
const grocery = async () => sow(garden, 'customer', { number: `E${++numbers}`, kind: 'organisation', last_name: 'Épicerie solidaire' });
/** « week quantity product slot price » of an organisation's baskets. */
const receives = async (customer: number) =>
  (
    await garden.owner.query(
      `select l.week, b.quantity, b.slot_id::int as slot, b.product_id::int as product, b.price_cents::int as price from basket b
       join subscription s on s.id = b.subscription_id join delivery l on l.id = b.delivery_id where s.customer_id = $1 order by l.week`,
      [customer],
    )
  ).rows;
const owed = async (customer: number, until: string) =>
  inGarden(garden.marie, async (tx) => {
    const [lines] = await owedLinesOn(tx, garden.gardenId, [until]);
    return (lines!.get(customer) ?? []).reduce((sum, one) => sum + (one.quantity * one.unitPrice) / 1000, 0);
  });

test('to an organisation: it is prepared for it, where it collects; who gave it owes it; the organisation owes nothing', async () => {
  const shop = await grocery();
  const before = await owed(lea, '2025-11-30');
  const to = { customerId: shop, slotId: ids.schoolSlot };
  expect(await ask(45, { kind: 'gift', to })).toMatchObject({ ok: true, value: { requests: 1 } });
  expect(await baskets(vegetables, 45)).toEqual({});
  expect(await receives(shop)).toEqual([{ week: 45, quantity: 1, slot: ids.schoolSlot, product: ids.simple, price: 0 }]);
  // Given, it stays owed: 13,80 € as before. The organisation: nothing, whatever the depot asks.
  await garden.owner.query('update depot set fee_cents = 50');
  expect(await owed(shop, '2025-11-30')).toBe(0);
  await garden.owner.query('update depot set fee_cents = 0');
  expect(await owed(lea, '2025-11-30')).toBe(before);
  // Asked again in the same words, nothing more; otherwise, what was asked has to be taken back first.
  expect(await ask(45, { kind: 'gift', to })).toMatchObject({ ok: true, value: { requests: 0 } });
  expect(await ask(45, { kind: 'gift', to: 'value' })).toMatchObject({ ok: false });
  expect(await receives(shop)).toHaveLength(1);
});

test('two who give in one week are two baskets; one takes hers back, and one is left; planned again, nothing changes', async () => {
  const shop = await grocery();
  const other = await sow(garden, 'subscription', {
    ...{ customer_id: lea, frequency: 'weekly', quantity: 2, starts_on: '2025-01-01', ends_on: '2025-12-31', product_id: ids.simple },
    ...{ slot_id: ids.schoolSlot, price_cents: 1380 },
  });
  await inGarden(garden.marie, (tx) => planBaskets(tx, garden.gardenId, { today }));
  const to = { customerId: shop, slotId: ids.stationSlot };
  await ask(46, { kind: 'gift', to });
  await ask(46, { kind: 'gift', to }, { subscriptionId: other });
  expect(await receives(shop)).toMatchObject([{ week: 46, quantity: 1 + 2 }]);
  await inGarden(garden.marie, (tx) => planBaskets(tx, garden.gardenId, { today }));
  expect(await receives(shop)).toMatchObject([{ week: 46, quantity: 3 }]);
  const first = (await stored()).find((one) => Number(one.subscription_id) === vegetables)!;
  expect((await withdrawRequest(garden.marie, Number(first.id), today)).ok).toBe(true);
  expect(await receives(shop)).toMatchObject([{ week: 46, quantity: 2 }]);
  expect(await baskets(vegetables, 46)).toEqual({ 46: '1 Simple Gare 1380' });
  // The other subscription ends before: what it gave is given no more.
  await garden.owner.query("update subscription set ends_on = '2025-11-01' where id = $1", [other]);
  await inGarden(garden.marie, (tx) => planBaskets(tx, garden.gardenId, { today, subscriptionIds: [other] }));
  expect(await receives(shop)).toEqual([]);
});

test('refused: an organisation whose delivery is frozen or closed, or whose depot is full', async () => {
  const shop = await grocery();
  const [gone, there] = [
    { customerId: shop, slotId: ids.stationSlot },
    { customerId: shop, slotId: ids.schoolSlot },
  ];
  const atSchool = await sow(garden, 'subscription', {
    ...{ customer_id: lea, frequency: 'weekly', quantity: 1, starts_on: '2025-01-01', ends_on: '2025-12-31', product_id: ids.simple },
    ...{ slot_id: ids.schoolSlot, price_cents: 1380 },
  });
  await inGarden(garden.marie, (tx) => planBaskets(tx, garden.gardenId, { today }));
  // This week's Thursday still changes, its Wednesday does not.
  expect(await ask(43, { kind: 'gift', to: gone }, { subscriptionId: atSchool })).toMatchObject({
    ok: false,
    fields: { a: expect.stringContaining('préparation') },
  });
  await garden.owner.query('update slot set capacity = 0 where id = $1', [ids.stationSlot]);
  expect(await ask(47, { kind: 'gift', to: gone })).toMatchObject({ ok: false, fields: { beyond: expect.any(String) } });
  expect(await ask(47, { kind: 'gift', to: gone }, { beyond: true })).toMatchObject({ ok: true });
  await garden.owner.query('update delivery set closed = true where week = 48 and tour_id = $1', [ids.thursday]);
  expect(await ask(48, { kind: 'gift', to: there })).toMatchObject({
    ok: false,
    fields: { a: expect.stringContaining('n’est pas livrée') },
  });
  await garden.owner.query('update delivery set closed = false where week = 48');
});

test('its value: nothing is prepared, no basket is owed, what it was worth to who gives it is told on its day', async () => {
  const before = await owed(lea, '2025-11-30');
  // From 10 November on, others pay a part: she owes 2,50 € of each basket.
  await sow(garden, 'own_share', {
    subscription_id: vegetables,
    starts_on: '2025-11-10',
    ends_on: null,
    cents: 250,
    basis_points: 3000,
    source: 'test:1',
  });
  const helped = await owed(lea, '2025-11-30');
  expect((await ask(44, { kind: 'gift', to: 'value' })).ok).toBe(true);
  expect((await ask(47, { kind: 'gift', to: 'value' })).ok).toBe(true);
  expect(await baskets(vegetables, 44, 47)).toEqual({});
  // Week 44 at 13,80 €, week 47 at her part.
  expect(await owed(lea, '2025-11-30')).toBe(helped - 1380 - 250);
  expect(before).toBeGreaterThan(helped);
  const values = await inGarden(garden.marie, (tx) => valuesGiven(tx, '2025-10-01', '2025-12-31'));
  expect(values.map(({ day, cents, customer }) => [day, cents, customer])).toEqual([
    ['2025-10-29', 1380, lea],
    ['2025-11-19', 250, lea],
  ]);
  // Who pays the rest pays nothing of a basket that is not made.
  const { baskets: split } = await inGarden(garden.marie, (tx) => receivedBaskets(tx, [vegetables], '2025-11-30'));
  expect(split.map(({ day }) => day)).not.toContain('2025-11-19');
  await garden.owner.query('delete from own_share');
});

test('bought by number: the basket given is one of those that were bought, received or given they add up to it, and so does what is owed', async () => {
  const shop = await grocery();
  const pack = await sow(garden, 'subscription', {
    ...{ customer_id: lea, frequency: 'weekly', quantity: 1, starts_on: '2025-10-27', ends_on: '2025-12-31', product_id: ids.simple },
    ...{ slot_id: ids.stationSlot, price_cents: 1380, basket_count: 4, billing_mode: 'pack', billing_count: 4 },
  });
  await inGarden(garden.marie, (tx) => planBaskets(tx, garden.gardenId, { today }));
  const weeks = async () =>
    (
      await garden.owner.query(
        'select l.week from basket b join delivery l on l.id = b.delivery_id where b.subscription_id = $1 order by l.week',
        [pack],
      )
    ).rows.map(({ week }) => week);
  const paid = async (until: string) =>
    inGarden(garden.marie, async (tx) => {
      const [lines] = await owedLinesOn(tx, garden.gardenId, [until]);
      return (lines!.get(lea) ?? []).filter((one) => one.subscription === pack).map((one) => [one.quantity / 1000, one.unitPrice]);
    });
  const left = async (on: string) => (await customerRecord(garden.marie, lea, on))?.subscriptions?.find(({ id }) => id === pack)?.left;
  expect(await weeks()).toEqual([44, 45, 46, 47]);
  expect(await paid('2025-10-28')).toEqual([[4, 1380]]);

  // To an organisation in week 45, to the garden in week 46: two are hers, two were given, four are paid. Weeks 48 and 49 bring none instead.
  value(await ask(45, { kind: 'gift', to: { customerId: shop, slotId: ids.stationSlot } }, { subscriptionId: pack }));
  value(await ask(46, { kind: 'gift' }, { subscriptionId: pack }));
  expect(await weeks()).toEqual([44, 47]);
  expect(await receives(shop)).toMatchObject([{ week: 45, quantity: 1 }]);
  for (const until of ['2025-10-28', '2025-11-05', '2025-11-30', '2025-12-31', '2026-02-01'])
    expect(await paid(until)).toEqual([[4, 1380]]);
  expect([await left('2025-10-27'), await left('2025-11-10'), await left('2025-11-20')]).toEqual([4, 2, 0]);
  // A year after, out of sight of the plan, they still count.
  const { loadSubscriptions } = await import('../../src/domains/subscriptions/server/load.ts');
  const later = await inGarden(garden.marie, (tx) => loadSubscriptions(tx, 2026, [pack]));
  expect(later[0]!.basketCount).toBe(0);

  // Taken back, the four are hers again.
  for (const { id } of (await stored()).filter((one) => Number(one.subscription_id) === pack))
    value(await withdrawRequest(garden.marie, Number(id), today));
  expect(await weeks()).toEqual([44, 45, 46, 47]);
  expect(await paid('2025-12-31')).toEqual([[4, 1380]]);
});

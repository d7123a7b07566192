import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkCapacity, lockPlan, planBaskets, slotLoads, slotStandings, subscribe } from '../../src/domains/subscriptions/index.server.ts';
import { sayStanding } from '../../src/domains/subscriptions/rules/capacity.ts';
import { AccessDenied } from '../../src/platform/access/actor.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
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
});
afterAll(() => garden.owner.end());

const plan = () => inGarden(places.system, (tx) => planBaskets(tx, garden.gardenId, { today }));
const loads = (slotId: number) => inGarden(places.system, (tx) => slotLoads(tx, { today, slotIds: [slotId] }));
const check = (quantity: number, more: Partial<Parameters<typeof checkCapacity>[1]> = {}, slotId = places.tenSlot, week = 45) =>
  inGarden(places.system, (tx) =>
    checkCapacity(tx, {
      today,
      baskets: [{ slotId, deliveryId: (slotId === places.openSlot ? places.wednesdays : places.thursdays).get(week)!, quantity }],
      ...more,
    }),
  );

test('fifty people sign up at the same moment for ten places: ten of them get in', async () => {
  const customers: number[] = [];
  for (let index = 0; index < 50; index++) customers.push(await sowCustomer(garden, `Parallèle ${index}`));
  // All of them are in their transaction before the first one takes the lock.
  let arrived = 0;
  let open = () => {};
  const gate = new Promise<void>((resolve) => (open = resolve));
  const signUp = (customer_id: number) =>
    inGarden(garden.marie, async (tx) => {
      if (++arrived === customers.length) open();
      await gate;
      await lockPlan(tx, garden.gardenId);
      const baskets = [...places.thursdays.values()].map((deliveryId) => ({ slotId: places.tenSlot, deliveryId, quantity: 1 }));
      const refusal = await checkCapacity(tx, { today, baskets });
      if (refusal) return refusal.reason;
      const { id } = await tx
        .insertInto('subscription')
        .values({
          garden_id: garden.gardenId,
          customer_id,
          product_id: places.simple,
          slot_id: places.tenSlot,
          frequency: 'weekly',
          quantity: 1,
          price_cents: 1380,
          starts_on: '2025-10-20',
          ends_on: '2025-12-31',
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await planBaskets(tx, garden.gardenId, { today, subscriptionIds: [id] });
      return null;
    });
  const answers = await Promise.all(customers.map(signUp));
  expect(arrived).toBe(50);
  expect(answers.filter((answer) => answer === null)).toHaveLength(10);
  expect(answers.find((answer) => answer !== null)).toBe(
    'Complet : 10 paniers sur 10 le jeudi 23 octobre, puis 9 autres fois (la prochaine le jeudi 30 octobre).',
  );
  expect((await loads(places.tenSlot)).map((load) => load.baskets)).toEqual(Array(10).fill(10));
});

test('fifty real subscriptions at the same moment, two baskets each, for ten places: five are made', async () => {
  await sow(garden, 'plan_price', { plan_id: places.plan, starts_on: '2000-01-01', price_cents: 1380 });
  await garden.owner.query('update slot set capacity = 10 where id = $1', [places.schoolSlot]);
  const customers: number[] = [];
  for (let index = 0; index < 50; index++) customers.push(await sowCustomer(garden, `Ensemble ${index}`));
  const wish = { planId: places.plan, slotId: places.schoolSlot, frequency: 'weekly', quantity: 2, basketCount: null } as const;
  const answers = await Promise.all(
    customers.map((customerId) =>
      subscribe(garden.marie, { ...wish, customerId, startsOn: '2025-10-20', endsOn: '2025-12-31', after: 0 }, today),
    ),
  );
  expect(answers.filter((answer) => answer.ok)).toHaveLength(5);
  expect(
    answers.filter((answer) => !answer.ok).every((answer) => !answer.ok && answer.reason.startsWith('Complet : 10 paniers sur 10')),
  ).toBe(true);
  expect((await loads(places.schoolSlot)).every((load) => load.baskets === 10)).toBe(true);
});

test('staff may go beyond; who keeps the place they have is not refused', async () => {
  const [own] = (await garden.owner.query('select id from subscription where slot_id = $1 order by id limit 1', [places.tenSlot])).rows;
  expect(await check(1)).toMatchObject({ ok: false, reason: expect.stringContaining('Complet'), fields: { beyond: expect.any(String) } });
  expect(await check(1, { beyond: true })).toBeNull();
  expect(await check(1, { ignoring: { subscriptionIds: [Number(own.id)] } })).toBeNull();
  expect(await check(2, { ignoring: { subscriptionIds: [Number(own.id)] } })).toMatchObject({ ok: false });
  expect(await check(500, {}, places.openSlot)).toBeNull();
});

test('a subscription that has not started keeps its place; so does an offer, until its day', async () => {
  await garden.owner.query('update slot set capacity = 14 where id = $1', [places.tenSlot]);
  const later = await sowSubscription(garden, places, await sowCustomer(garden, 'Attend'), places.tenSlot, {
    awaiting: 'payment',
    frequency: 'odd_weeks',
    quantity: 2,
  });
  const offer = await sow(garden, 'waiting_entry', {
    customer_id: await sowCustomer(garden, 'Espère'),
    plan_id: places.plan,
    frequency: 'weekly',
    quantity: 1,
    wished_from: '2025-11-10',
    state: 'offered',
    offered_slot_id: places.tenSlot,
    offered_until: today,
  });
  await plan();
  const byWeek = new Map((await loads(places.tenSlot)).map((load) => [load.week, load]));
  expect(byWeek.get(45)).toMatchObject({ baskets: 10, awaiting: 2, reserved: 0 });
  expect(byWeek.get(46)).toMatchObject({ baskets: 10, awaiting: 0, reserved: 1 });
  expect(byWeek.get(47)).toMatchObject({ baskets: 10, awaiting: 2, reserved: 1 });
  expect(await check(2)).toBeNull();
  expect(await check(3)).toMatchObject({
    ok: false,
    reason: 'Pas assez de place : 12 paniers sur 14 déjà le jeudi 6 novembre, et 3 à ajouter.',
  });
  // Whose place it is may take it.
  expect(await check(4, { ignoring: { subscriptionIds: [later] } })).toBeNull();
  expect(await check(5, { ignoring: { subscriptionIds: [later] } })).toMatchObject({ ok: false });
  expect(await check(2, { ignoring: { waitingEntryId: offer } }, places.tenSlot, 47)).toBeNull();
  expect(await check(3, { ignoring: { waitingEntryId: offer } }, places.tenSlot, 47)).toMatchObject({ ok: false });
  // The day after, the offer is over without anybody doing anything.
  const expired = await inGarden(places.system, (tx) => slotLoads(tx, { today: '2025-10-21', slotIds: [places.tenSlot] }));
  expect(expired.map((load) => load.reserved)).toEqual(Array(10).fill(0));
});

test('loads of all slots take seven queries at most, whatever their number; a slot says how it stands', async () => {
  const { result, queries } = await countingQueries(() => inGarden(places.system, (tx) => slotLoads(tx, { today })));
  expect(queries.length).toBeLessThanOrEqual(7);
  expect(new Set(result.map((load) => load.slotId)).size).toBe(4);
  const standings = await slotStandings(garden.with('logistics:read'), today);
  expect(sayStanding(standings[places.tenSlot]!)).toBe('1 place');
  expect(sayStanding(standings[places.openSlot]!)).toBe('sans limite');
  await garden.owner.query('update slot set capacity = 12 where id = $1', [places.tenSlot]);
  expect(sayStanding((await slotStandings(garden.marie, today))[places.tenSlot]!)).toMatch(/^Complet \d fois sur \d$/);
  expect(() => slotStandings(garden.with('customers:read'), today)).toThrow(AccessDenied);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  acceptOffer,
  addToWaiting,
  declineOffer,
  leaveWaiting,
  offerPlace,
  planBaskets,
  slotLoads,
  type WaitingWish,
  waitingChoices,
  waitingList,
  waitingRecord,
} from '../../src/domains/subscriptions/index.server.ts';
import { AccessDenied } from '../../src/platform/access/actor.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { deliverAll } from '../letters.ts';
import { countingQueries } from '../queries.ts';
import { plantGarden, sow, type TestGarden } from './customers.garden.ts';
import { type Places, plantPlaces, sowCustomer, sowSubscription, today } from './places.garden.ts';

const database = useDatabase({ max: 30 });
let garden: TestGarden;
let places: Places;
let zoe: number;
let emile: number;
beforeAll(async () => {
  garden = await plantGarden(database.ownerUrl());
  places = await plantPlaces(garden);
  await sow(garden, 'plan_price', { plan_id: places.plan, starts_on: '2000-01-01', price_cents: 1380 });
  await sow(garden, 'season', { name: '2025', starts_on: '2025-01-01', ends_on: '2025-12-31' });
  zoe = await sowCustomer(garden, 'Zola', { first_name: 'Zoé', email: 'zoe@exemple.test' });
  emile = await sowCustomer(garden, 'Émond', { first_name: 'Émile' });
  await garden.owner.query('update slot set capacity = 3 where id = $1', [places.tenSlot]);
  await garden.owner.query('update slot set capacity = 2 where id = $1', [places.schoolSlot]);
  await sowSubscription(garden, places, await sowCustomer(garden, 'Première'), places.tenSlot, { quantity: 2 });
  await sowSubscription(garden, places, await sowCustomer(garden, 'Seconde'), places.schoolSlot, { quantity: 2, ends_on: '2025-11-16' });
  await inGarden(places.system, (tx) => planBaskets(tx, garden.gardenId, { today }));
});
afterAll(() => garden.owner.end());

const wish = (more: Partial<WaitingWish> = {}): WaitingWish => ({
  customerId: zoe,
  planId: places.plan,
  frequency: 'weekly',
  quantity: 1,
  wishedFrom: '2025-10-20',
  slotIds: [places.schoolSlot, places.tenSlot],
  note: '',
  ...more,
});
const idOf = <T extends { id: number }>(outcome: { ok: true; value: T } | { ok: false; reason: string }): number => {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value.id;
};
const loads = async (day = today) =>
  (await inGarden(places.system, (tx) => slotLoads(tx, { today: day, slotIds: [places.tenSlot] }))).map((load) => load.reserved);
let first: number;
let second: number;

test('people wait in order of arrival, with the wished places that have room now', async () => {
  first = idOf(await addToWaiting(garden.marie, wish(), today));
  expect(idOf(await addToWaiting(garden.marie, wish(), today))).toBe(first);
  second = idOf(await addToWaiting(garden.marie, wish({ customerId: emile, quantity: 2, slotIds: [places.tenSlot] }), today));
  const { result, queries } = await countingQueries(() => waitingList(garden.with('subscriptions:read'), today));
  expect(queries.length).toBeLessThanOrEqual(11);
  expect(result.map((entry) => [entry.customer.name, entry.state])).toEqual([
    ['Zola Zoé', 'waiting'],
    ['Émond Émile', 'waiting'],
  ]);
  expect(result[0]!.wishes.map(({ place, full }) => [place, full])).toEqual([
    ['École, jeudi', expect.stringMatching(/^Complet : 2 paniers sur 2 le jeudi 23 octobre/)],
    ['Médiathèque, jeudi', null],
  ]);
  expect(result[1]!.wishes[0]!.full).toBe(
    'Pas assez de place : 2 paniers sur 3 déjà le jeudi 23 octobre, et 2 à ajouter, puis 9 autres fois (la prochaine le jeudi 30 octobre).',
  );
});

test('somebody who wants to begin later finds the place that is free then', async () => {
  const later = idOf(
    await addToWaiting(garden.marie, wish({ customerId: emile, wishedFrom: '2025-11-20', slotIds: [places.schoolSlot] }), today),
  );
  const record = (await waitingRecord(garden.marie, later, today))!;
  expect(record.entry.wishes[0]!.full).toBeNull();
  expect(record.offerUntil).toBe('2025-10-27');
  expect(await leaveWaiting(garden.marie, later, today)).toEqual({ ok: true, value: null });
  expect((await waitingList(garden.marie, today)).map((entry) => entry.id)).toEqual([first, second]);
});

test('an offer keeps the place, writes once, and ends by itself after its day', async () => {
  const ask = { entryId: first, slotId: places.tenSlot, until: '2025-10-27', beyond: false };
  expect(await offerPlace(garden.marie, { ...ask, slotId: places.schoolSlot }, today)).toMatchObject({
    ok: false,
    reason: expect.stringContaining('Complet'),
  });
  expect(await offerPlace(garden.marie, { ...ask, until: '2025-10-19' }, today)).toMatchObject({
    ok: false,
    fields: { jusqu: expect.any(String) },
  });
  expect(await offerPlace(garden.marie, ask, today)).toEqual({ ok: true, value: { written: true } });
  expect(await offerPlace(garden.marie, ask, today)).toEqual({ ok: true, value: { written: true } });
  const letters = await deliverAll(database.ownerUrl());
  expect(letters.map((letter) => [letter.to, letter.subject])).toEqual([
    ['zoe@exemple.test', 'Une place s’est libérée : Médiathèque, jeudi'],
  ]);
  expect(letters[0]!.text).toContain('Simple à la semaine, chaque semaine');
  expect(letters[0]!.text).toContain('jusqu’au lundi 27 octobre');
  expect(await loads()).toEqual(Array(10).fill(1));
  expect((await loads('2025-10-27')).every((reserved) => reserved === 1)).toBe(true);
  expect((await loads('2025-10-28')).every((reserved) => reserved === 0)).toBe(true);
  expect((await waitingList(garden.marie, '2025-10-28'))[0]!.state).toBe('expired');
  // The place is kept from everybody else.
  expect(await offerPlace(garden.marie, { ...ask, entryId: second }, today)).toMatchObject({ ok: false });
});

test('a place that is declined is free again; the person waits on, or leaves', async () => {
  expect(await declineOffer(garden.marie, first, today)).toEqual({ ok: true, value: null });
  expect(await declineOffer(garden.marie, first, today)).toEqual({ ok: true, value: null });
  expect(await loads()).toEqual(Array(10).fill(0));
  expect((await waitingList(garden.marie, today))[0]).toMatchObject({ id: first, state: 'waiting', offered: null });
});

test('a place that is taken becomes a subscription, once, even when it was the last one', async () => {
  const accept = { entryId: first, startsOn: null, endsOn: null, basketCount: null, already: false, beyond: false };
  expect(await acceptOffer(garden.marie, accept, today)).toMatchObject({ ok: false });
  await offerPlace(garden.marie, { entryId: first, slotId: places.tenSlot, until: '2025-10-27', beyond: false }, today);
  const all = await Promise.all(Array.from({ length: 10 }, () => acceptOffer(garden.marie, accept, today)));
  expect(new Set(all.map(idOf)).size).toBe(1);
  const { rows } = await garden.owner.query('select slot_id::int, quantity, frequency from subscription where customer_id = $1', [zoe]);
  expect(rows).toEqual([{ slot_id: places.tenSlot, quantity: 1, frequency: 'weekly' }]);
  expect(await loads()).toEqual(Array(10).fill(0));
  expect((await waitingList(garden.marie, today)).map((entry) => entry.id)).toEqual([second]);
  expect((await waitingRecord(garden.marie, first, today))!.entry).toMatchObject({ state: 'accepted', subscriptionId: idOf(all[0]!) });
  expect(await leaveWaiting(garden.marie, first, today)).toMatchObject({ ok: false });
});

test('an answer that comes after the day is counted like any other', async () => {
  await offerPlace(garden.marie, { entryId: second, slotId: places.openSlot, until: '2025-10-21', beyond: false }, today);
  const accept = { entryId: second, startsOn: null, endsOn: null, basketCount: null, already: false, beyond: false };
  await garden.owner.query('update slot set capacity = 1 where id = $1', [places.openSlot]);
  expect(await acceptOffer(garden.marie, accept, '2025-10-22')).toMatchObject({ ok: false, fields: { beyond: expect.any(String) } });
  expect(await acceptOffer(garden.marie, { ...accept, beyond: true }, '2025-10-22')).toMatchObject({
    ok: true,
    value: { customerId: emile },
  });
});

test('what cannot be wished for is refused in words, and rights are asked for', async () => {
  const customerId = await sowCustomer(garden, 'Autre');
  expect(await addToWaiting(garden.marie, wish({ customerId: 9999 }), today)).toMatchObject({ ok: false });
  expect(await addToWaiting(garden.marie, wish({ customerId, planId: 9999 }), today)).toMatchObject({
    ok: false,
    fields: { formule: expect.any(String) },
  });
  expect(await addToWaiting(garden.marie, wish({ customerId, quantity: 0 }), today)).toMatchObject({
    ok: false,
    fields: { quantite: expect.any(String) },
  });
  expect(await addToWaiting(garden.marie, wish({ customerId, slotIds: [9999] }), today)).toMatchObject({ ok: false });
  expect(await addToWaiting(garden.marie, wish({ customerId, slotIds: [places.tenSlot, places.tenSlot] }), today)).toMatchObject({
    ok: false,
  });
  expect((await waitingChoices(garden.marie, customerId, today)).customer).toMatchObject({ name: 'Autre' });
  const reader = garden.with('subscriptions:read');
  expect(() => addToWaiting(reader, wish(), today)).toThrow(AccessDenied);
  expect(() => offerPlace(reader, { entryId: 1, slotId: 1, until: today, beyond: false }, today)).toThrow(AccessDenied);
  expect(() =>
    acceptOffer(reader, { entryId: 1, startsOn: null, endsOn: null, basketCount: null, already: false, beyond: false }, today),
  ).toThrow(AccessDenied);
  expect(() => waitingList(garden.with('customers:read'), today)).toThrow(AccessDenied);
});

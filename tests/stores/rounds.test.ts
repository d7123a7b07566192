import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ensureSeason } from '../../src/domains/logistics/index.server.ts';
import { changeDeliveries, deliveryBaskets } from '../../src/domains/preparation/index.server.ts';
import {
  deliveryOutcome,
  deliveryToSettle,
  markDelivered,
  markPhoto,
  markStop,
  marksOf,
  type NewMark,
  noteOutcome,
  removeOutcome,
  round,
  rounds,
  unmarkStop,
} from '../../src/domains/rounds/index.server.ts';
import type { OutcomeForm } from '../../src/domains/rounds/schema.ts';
import { askFor, customerRecord, listOperations, planBaskets, undoBatch } from '../../src/domains/subscriptions/index.server.ts';
import { sayOutcome } from '../../src/domains/subscriptions/labels-outcome.ts';
import type { Outcome } from '../../src/kernel/outcome.ts';
import { AccessDenied } from '../../src/platform/access/actor.ts';
import { firstRoles } from '../../src/platform/access/rights.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { countingQueries } from '../queries.ts';
import { plantGarden, sow, sowLogistics, type TestGarden } from './customers.garden.ts';

/** A round on its way, and what came of it. Wednesday 4 November 2026: Pierre receives 1 Simple, Anne 2, both at the station. */

const { ownerUrl } = useDatabase({ max: 8 });
const day = '2026-11-04';
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
let garden: TestGarden;
let ids: Awaited<ReturnType<typeof sowLogistics>>;
let pierre: { customer: number; subscription: number };
let anne: { customer: number; subscription: number };
let delivery: number;
let nextDelivery: number;

async function subscribed(number: string, last_name: string, first_name: string, quantity: number) {
  const customer = await sow(garden, 'customer', { number, last_name, first_name });
  const subscription = await sow(garden, 'subscription', {
    ...{ customer_id: customer, quantity, product_id: ids.simple, slot_id: ids.stationSlot, frequency: 'weekly', price_cents: 1380 },
    ...{ starts_on: '2026-11-01', ends_on: '2026-12-31' },
  });
  return { customer, subscription };
}

const deliveryOn = async (date: string): Promise<number> => {
  const { rows } = await garden.owner.query('select id from delivery where tour_id = $1 and date = $2', [ids.wednesday, date]);
  return Number(rows[0].id);
};

beforeAll(async () => {
  garden = await plantGarden(ownerUrl());
  ids = await sowLogistics(garden);
  await garden.owner.query('update slot set capacity = null');
  pierre = await subscribed('1', 'Lamy', 'Pierre', 1);
  anne = await subscribed('2', 'Édouard', 'Anne', 2);
  await inGarden(garden.marie, async (tx) => {
    await ensureSeason(tx, garden.gardenId, 2026);
    await planBaskets(tx, garden.gardenId, { today: '2026-11-01' });
  });
  [delivery, nextDelivery] = [await deliveryOn(day), await deliveryOn('2026-11-11')];
});
beforeEach(async () => {
  await garden.owner.query('delete from stop_photo');
  await garden.owner.query('delete from stop_mark');
  await garden.owner.query('delete from basket_outcome');
  await garden.owner.query('delete from request');
  await garden.owner.query('update delivery set delivered_at = null, delivered_batch_id = null');
  await inGarden(garden.marie, (tx) => planBaskets(tx, garden.gardenId, { today: '2026-11-01' }));
});
afterAll(() => garden.owner.end());

const driver = () => garden.with(...firstRoles.find(({ name }) => name === 'Préparation et livraison')!.rights);
const tick = (key: string, more: Partial<NewMark> = {}): NewMark => ({
  ...{ key, slotId: ids.stationSlot, kind: 'done', saidAt: null, note: '', photo: null },
  ...more,
});
const uuid = () => crypto.randomUUID();
const counted = async (table: string) => Number((await garden.owner.query(`select count(*) from ${table}`)).rows[0].count);
const outcome = (more: Partial<OutcomeForm> = {}): OutcomeForm => ({
  ...{ subscription: pierre.subscription, kind: 'missing', quantity: 1, remedy: null, decision: '', note: '', version: 0 },
  ...more,
});
const value = <T>(answer: Outcome<T>): T => {
  if (!answer.ok) throw new Error(answer.reason);
  return answer.value;
};
const confirm = async (actor = garden.marie) => markDelivered(actor, delivery, (await deliveryToSettle(actor, delivery, day))!.seen, day);

describe('a tick', () => {
  test('sent again after a lost connection counts once, and stays taken back once it was', async () => {
    const key = uuid();
    expect(await markStop(driver(), delivery, tick(key, { saidAt: '2026-11-04T07:10:00.000Z' }), day)).toEqual({ ok: true, value: null });
    expect((await markStop(driver(), delivery, tick(key), day)).ok).toBe(true);
    expect(await counted('stop_mark')).toBe(1);
    expect((await unmarkStop(driver(), delivery, key)).ok).toBe(true);
    expect((await markStop(driver(), delivery, tick(key), day)).ok).toBe(true);
    expect((await marksOf(driver(), delivery)).marks).toEqual([]);
  });

  test('of two drivers at the same moment: both are told it is done, one mark stands', async () => {
    const drivers = [garden.marie, garden.paul, garden.marie, garden.paul, garden.marie, garden.paul];
    const answers = await Promise.all(drivers.map((actor) => markStop(actor, delivery, tick(uuid()), day)));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect((await marksOf(garden.marie, delivery)).marks).toHaveLength(1);
  });

  test('the same one at the same moment, from two pages: one row', async () => {
    const key = uuid();
    const photo = new Uint8Array(png);
    const mark = tick(key, { kind: 'problem', note: 'Portail fermé', photo });
    await Promise.all([1, 2, 3, 4].map(() => markStop(driver(), delivery, mark, day)));
    expect([await counted('stop_mark'), await counted('stop_photo')]).toEqual([1, 1]);
    const [told] = (await marksOf(driver(), delivery)).marks;
    expect(told).toMatchObject({ key, note: 'Portail fermé', by: 'Marie Curien' });
    expect(Buffer.from((await markPhoto(driver(), delivery, told!.photo!))!.content).equals(png)).toBe(true);
    expect(await markPhoto(driver(), nextDelivery, told!.photo!)).toBeNull();
  });

  test('said before it could be sent keeps its hour; an hour to come does not', async () => {
    await markStop(driver(), delivery, tick(uuid(), { saidAt: '2026-01-02T07:10:00.000Z' }), day);
    await markStop(driver(), delivery, tick(uuid(), { kind: 'problem', note: 'Retard', saidAt: '2199-01-01T00:00:00.000Z' }), day);
    const { at, marks } = await marksOf(driver(), delivery);
    expect(marks[0]!.saidAt).toBe('2026-01-02T07:10:00.000Z');
    expect(marks[1]!.saidAt <= at).toBe(true);
  });

  test('is refused before the day, for a stop of another tour, without the right; a problem needs words or a photo', async () => {
    expect(await markStop(driver(), delivery, tick(uuid()), '2026-11-03')).toMatchObject({
      ok: false,
      reason: expect.stringContaining('mercredi 4 novembre'),
    });
    expect(await markStop(driver(), delivery, tick(uuid(), { slotId: ids.schoolSlot }), day)).toMatchObject({ ok: false });
    expect(await markStop(driver(), delivery, tick(uuid(), { kind: 'problem' }), day)).toMatchObject({
      fields: { note: expect.any(String) },
    });
    expect(await markStop(driver(), delivery, tick(uuid(), { kind: 'problem', photo: new Uint8Array(9) }), day)).toMatchObject({
      fields: { photo: expect.any(String) },
    });
    await expect(markStop(garden.with('rounds:read'), delivery, tick(uuid()), day)).rejects.toThrow(AccessDenied);
    expect(await counted('stop_mark')).toBe(0);
  });
});

describe('the page of the driver', () => {
  test('tells stops, counts and people as sheets name them, in few queries; never a price', async () => {
    await garden.owner.query(`update garden set settings = '{"sheetNames":"short"}'`);
    await markStop(driver(), delivery, tick(uuid()), day);
    const { result, queries } = await countingQueries(() => round(driver(), delivery, day));
    // Three of its own; nine tell what changes.
    expect(queries.length).toBeLessThanOrEqual(12);
    expect(result!.stops).toMatchObject([
      {
        depot: 'Gare',
        counts: [3],
        people: [
          { name: 'Édouard A.', counts: [2] },
          { name: 'Lamy P.', counts: [1] },
        ],
      },
    ]);
    expect(result!.marks).toMatchObject([{ kind: 'done', slotId: ids.stationSlot }]);
    expect(JSON.stringify(result)).not.toMatch(/1380|price|Pierre|Anne/);
    await garden.owner.query(`update garden set settings = '{}'`);
  });

  test('lists the rounds of today, those that wait to be closed, those to come, in one query', async () => {
    const { result, queries } = await countingQueries(() => rounds(driver(), '2026-11-05'));
    expect(queries).toHaveLength(1);
    expect(result).toMatchObject({ today: [], late: [{ id: delivery, baskets: 3, stops: 1, done: 0 }], coming: [{ id: nextDelivery }] });
    await confirm();
    expect((await rounds(driver(), '2026-11-05')).late).toEqual([]);
    expect((await rounds(driver(), day)).today).toMatchObject([{ id: delivery, delivered: true }]);
  });
});

describe('« Livraison effectuée »', () => {
  test('is told first, done as an operation, and taken back: what was noted stays, without effect', async () => {
    value(await noteOutcome(driver(), delivery, outcome({ remedy: 'make_up' }), day));
    value(await noteOutcome(driver(), delivery, outcome({ subscription: anne.subscription, kind: 'spoiled', remedy: 'credit' }), day));
    const told = (await deliveryToSettle(driver(), delivery, day))!;
    expect(told.settled).toMatchObject({ baskets: 3, delivered: 1, credits: 1, makeUps: 1 });
    expect(told.delivered).toBeNull();
    // Not done yet: nothing is owed.
    expect((await customerRecord(garden.marie, pierre.customer, day))!.owed).toEqual([]);

    const { batchId, said } = value(await confirm(driver()))!;
    expect(said).toBe('1 panier livré sur 3 : 1 manquant, 1 abîmé. 1 avoir, 1 panier à rattraper.');
    expect((await listOperations(garden.marie)).rows[0]).toMatchObject({ id: batchId, kind: 'delivered', said, mayUndo: true });
    const record = (await customerRecord(garden.marie, pierre.customer, '2026-11-05'))!;
    expect(record.owed).toMatchObject([{ owed: 1, product: 'Simple' }]);
    expect(record.past.map((line) => sayOutcome(line.outcomes[0]!, line.quantity))).toEqual(['manquant, à rattraper']);
    expect(record.history.some(({ what }) => what === 'Panier noté : création')).toBe(true);
    const { rows } = await deliveryBaskets(garden.marie, { deliveryId: delivery });
    expect(rows.map((row) => row.outcomes.map((one) => sayOutcome(one, row.quantity)))).toEqual([
      ['1 abîmé sur 2, avoir'],
      ['manquant, à rattraper'],
    ]);

    value(await undoBatch(driver(), batchId, '2026-11-05'));
    expect((await customerRecord(garden.marie, pierre.customer, '2026-11-05'))!.owed).toEqual([]);
    expect(await deliveryOutcome(driver(), delivery, day)).toMatchObject({ delivered: false, noted: [{}, {}] });
    expect(value(await confirm())).not.toBeNull();
  });

  test('marked twice, even at once by two people, acts once', async () => {
    const { seen } = (await deliveryToSettle(garden.marie, delivery, day))!;
    const before = (await listOperations(garden.marie)).total;
    const answers = await Promise.all([garden.marie, garden.paul, garden.marie].map((actor) => markDelivered(actor, delivery, seen, day)));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(answers.filter((answer) => answer.ok && answer.value !== null)).toHaveLength(1);
    expect((await listOperations(garden.marie)).total).toBe(before + 1);
  });

  test('is refused while the delivery is to come, when what is noted has changed since, and without the right', async () => {
    const { seen } = (await deliveryToSettle(garden.marie, delivery, day))!;
    expect(await markDelivered(garden.marie, delivery, seen, '2026-11-03')).toMatchObject({
      ok: false,
      reason: expect.stringContaining('mercredi 4 novembre'),
    });
    value(await noteOutcome(garden.paul, delivery, outcome(), day));
    expect(await markDelivered(garden.marie, delivery, seen, day)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('vient de changer'),
    });
    await expect(markDelivered(garden.with('rounds:read'), delivery, seen, day)).rejects.toThrow(AccessDenied);
    expect(await deliveryOutcome(garden.marie, delivery, day)).toMatchObject({ delivered: false });
  });

  test('afterwards nothing changes its baskets: no request, no other day, no new plan', async () => {
    value(await confirm());
    const picture = async () => (await garden.owner.query('select * from basket where delivery_id = $1 order by id', [delivery])).rows;
    const before = await picture();
    const { version, week, year } = (await garden.owner.query('select version, week, year from delivery where id = $1', [delivery]))
      .rows[0];
    const asked = { subscriptionId: pierre.subscription, from: { year, week }, wish: { kind: 'cancel' as const } };
    expect(await askFor(garden.marie, asked, day)).toMatchObject({ ok: false });
    const how = { name: 'Essai', today: day, mode: 'apply' as const };
    const moved = { id: delivery, version, date: '2026-11-05', closed: false, note: '', fate: null };
    expect(await changeDeliveries(garden.marie, [moved], how)).toMatchObject({ ok: false });
    await garden.owner.query('update subscription set quantity = 5 where id = $1', [pierre.subscription]);
    await inGarden(garden.marie, (tx) => planBaskets(tx, garden.gardenId, { today: day }));
    expect(await picture()).toEqual(before);
    await garden.owner.query('update subscription set quantity = 1 where id = $1', [pierre.subscription]);
  });
});

describe('what is noted of a basket', () => {
  const noted = async () => (await deliveryToSettle(garden.marie, delivery, day))!.noted;

  test('sent twice is noted once; changed by two people, the second is told', async () => {
    const twice = await Promise.all([1, 2].map(() => noteOutcome(garden.marie, delivery, outcome({ remedy: 'credit' }), day)));
    expect(twice.every(({ ok }) => ok)).toBe(true);
    const [{ version, id }] = (await noted()) as [Awaited<ReturnType<typeof noted>>[number]];
    value(await noteOutcome(garden.paul, delivery, outcome({ remedy: 'make_up', version }), day));
    expect(await noteOutcome(garden.marie, delivery, outcome({ remedy: null, version }), day)).toMatchObject({
      ok: false,
      fields: { remedy: 'Maintenant enregistré : « à rattraper ».' },
    });
    expect(await removeOutcome(garden.marie, delivery, id, version, day)).toMatchObject({ ok: false });
    value(await removeOutcome(garden.marie, delivery, id, version + 1, day));
    value(await removeOutcome(garden.marie, delivery, id, version + 1, day));
    expect(await noted()).toEqual([]);
  });

  test('is never more than there is', async () => {
    const anna = { subscription: anne.subscription };
    expect(await noteOutcome(garden.marie, delivery, outcome({ ...anna, quantity: 3 }), day)).toMatchObject({
      fields: { quantity: expect.stringContaining('Pas plus de 2') },
    });
    value(await noteOutcome(garden.marie, delivery, outcome({ ...anna, quantity: 1 }), day));
    expect(await noteOutcome(garden.marie, delivery, outcome({ ...anna, kind: 'refused', quantity: 2 }), day)).toMatchObject({
      fields: { quantity: expect.stringContaining('Pas plus de 1') },
    });
    const both = await Promise.all(
      (['refused', 'spoiled'] as const).map((kind) => noteOutcome(garden.marie, delivery, outcome({ ...anna, kind }), day)),
    );
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await noteOutcome(garden.marie, nextDelivery, outcome(), day)).toMatchObject({ ok: false });
  });

  test('not collected: after the delivery, with what becomes of the basket; its effect is at once', async () => {
    const unclaimed = outcome({ kind: 'unclaimed', remedy: 'make_up', decision: 'given' });
    expect(await noteOutcome(garden.marie, delivery, unclaimed, day)).toMatchObject({ fields: { kind: expect.any(String) } });
    value(await confirm());
    expect(await noteOutcome(garden.marie, delivery, { ...unclaimed, decision: '' }, day)).toMatchObject({
      fields: { decision: 'À choisir.' },
    });
    value(await noteOutcome(garden.marie, delivery, unclaimed, day));
    expect((await customerRecord(garden.marie, pierre.customer, day))!.owed).toMatchObject([{ owed: 1 }]);
    expect((await deliveryOutcome(garden.marie, delivery, day))!.said).toBe('3 paniers livrés : 1 non retiré. 1 panier à rattraper.');
  });

  test('made up since: neither the note nor the delivery can be taken back before the made-up basket is', async () => {
    value(await noteOutcome(garden.marie, delivery, outcome({ remedy: 'make_up' }), day));
    const { batchId } = value(await confirm())!;
    const wish = { kind: 'make_up' as const, quantity: 1 };
    value(await askFor(garden.marie, { subscriptionId: pierre.subscription, from: { year: 2026, week: 47 }, wish }, day));
    expect((await customerRecord(garden.marie, pierre.customer, day))!.owed).toEqual([]);
    const [{ id, version }] = (await noted()) as [Awaited<ReturnType<typeof noted>>[number]];
    expect(await removeOutcome(garden.marie, delivery, id, version, day)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('Lamy Pierre'),
    });
    expect(await noteOutcome(garden.marie, delivery, outcome({ remedy: 'credit', version }), day)).toMatchObject({ ok: false });
    expect(await undoBatch(garden.marie, batchId, day)).toMatchObject({ ok: false, reason: expect.stringContaining('Lamy Pierre') });
    expect(await deliveryOutcome(garden.marie, delivery, day)).toMatchObject({ delivered: true, noted: [{ remedy: 'make_up' }] });
  });
});

test('a driver finds people as sheets name them; where they are numbers, by number alone', async () => {
  const find = async (search: string) => (await deliveryToSettle(driver(), delivery, day, { search }))!.found!.map(({ name }) => name);
  expect(await find('edou')).toEqual(['Édouard Anne']);
  expect(await find('gare')).toHaveLength(2);
  expect(await find('lamy gare')).toEqual(['Lamy Pierre']);
  await garden.owner.query(`update garden set settings = '{"sheetNames":"number"}'`);
  expect(await find('edou')).toEqual([]);
  expect(await find('2')).toEqual(['2']);
  const { result, queries } = await countingQueries(() =>
    deliveryToSettle(driver(), delivery, day, { search: '2', subscriptionId: anne.subscription }),
  );
  expect(result!.chosen).toMatchObject({ subscriptionId: anne.subscription, held: 2 });
  const chosen = await deliveryToSettle(driver(), delivery, day, { search: '', subscriptionId: anne.subscription });
  expect(chosen!.chosen).toMatchObject({ subscriptionId: anne.subscription, held: 2 });
  expect(queries).toHaveLength(5);
  await garden.owner.query(`update garden set settings = '{}'`);
});

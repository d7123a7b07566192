import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ensureSeason } from '../../src/domains/logistics/index.server.ts';
import { delivery } from '../../src/domains/preparation/index.server.ts';
import {
  type AskFor,
  askFor,
  basketChoice,
  customerRecord,
  doubledIn,
  planBaskets,
  setDoubledCap,
  storeFates,
  withdrawRequest,
} from '../../src/domains/subscriptions/index.server.ts';
import { AccessDenied } from '../../src/platform/access/actor.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { plantGarden, sow, sowLogistics, type TestGarden } from './customers.garden.ts';

/** Every kind of request on the database: what is stored, what is planned from it, and what happens when many ask at once. */

const { ownerUrl } = useDatabase();
// A Monday: this week's Wednesday is frozen from today on, its Thursday is not.
const today = '2025-10-20';
const week = (number: number) => ({ year: 2025, week: number });
let garden: TestGarden;
let ids: Awaited<ReturnType<typeof sowLogistics>>;
let lea: number;
let bread: number;
let vegetables: number;
let eggs: number;
let plan: number;

beforeAll(async () => {
  garden = await plantGarden(ownerUrl());
  ids = await sowLogistics(garden);
  await garden.owner.query('update slot set capacity = null where id = $1', [ids.stationSlot]);
  lea = await sow(garden, 'customer', { number: '1', last_name: 'Dupont', first_name: 'Léa' });
  plan = await sow(garden, 'plan', { name: 'Le panier', product_id: ids.simple });
  bread = await sow(garden, 'product', { name: 'Pain', kind: 'other', price_cents: 450 });
  const common = { customer_id: lea, frequency: 'weekly', quantity: 1, starts_on: '2025-01-01', ends_on: '2025-12-31' };
  vegetables = await sow(garden, 'subscription', {
    ...common,
    plan_id: plan,
    product_id: ids.simple,
    slot_id: ids.stationSlot,
    price_cents: 1380,
  });
  eggs = await sow(garden, 'subscription', {
    ...common,
    frequency: 'even_weeks',
    product_id: bread,
    slot_id: ids.stationSlot,
    price_cents: 450,
  });
  await inGarden(garden.marie, async (tx) => {
    await ensureSeason(tx, garden.gardenId, 2025);
    await planBaskets(tx, garden.gardenId, { today: '2024-12-01' });
  });
});
beforeEach(async () => {
  await garden.owner.query('delete from request');
  await garden.owner.query("update plan set flexibility = '{}'");
  await garden.owner.query("update garden set settings = '{}'");
  await garden.owner.query('update delivery set doubled_cap = null');
  await garden.owner.query('update slot set capacity = null');
  await inGarden(garden.marie, (tx) => planBaskets(tx, garden.gardenId, { today }));
});
afterAll(() => garden.owner.end());

const ask = (from: number, wish: AskFor['wish'], said: Partial<AskFor> = {}) =>
  askFor(garden.marie, { subscriptionId: vegetables, from: week(from), wish, ...said }, today);
const rules = (flexibility: object) => garden.owner.query('update plan set flexibility = $1', [JSON.stringify(flexibility)]);
const record = async () => (await customerRecord(garden.marie, lea, today))!;

/** « quantity product at depot for cents » of a subscription in some weeks. */
async function baskets(subscription: number, ...weeks: number[]): Promise<Record<number, string>> {
  const { rows } = await garden.owner.query(
    `select l.week, b.quantity || ' ' || p.name || ' ' || d.name || ' ' || b.price_cents as said from basket b
     join delivery l on l.garden_id = b.garden_id and l.id = b.delivery_id join product p on p.garden_id = b.garden_id and p.id = b.product_id
     join slot s on s.garden_id = b.garden_id and s.id = b.slot_id join depot d on d.garden_id = b.garden_id and d.id = s.depot_id
     where b.subscription_id = $1 and l.week = any($2)`,
    [subscription, weeks],
  );
  return Object.fromEntries(rows.map((row) => [row.week, row.said]));
}
const stored = async () =>
  (await garden.owner.query('select * from request where withdrawn_at is null order by id')).rows as Record<string, unknown>[];

describe('each kind', () => {
  test('cancel: lost, credited or to be made up, as the plan says or as staff choose', async () => {
    await ask(44, { kind: 'cancel' });
    await rules({ remedy: 'credit' });
    await ask(45, { kind: 'cancel' });
    await rules({ remedy: 'counter' });
    await ask(46, { kind: 'cancel' });
    await ask(47, { kind: 'cancel', remedy: 'none' });
    expect((await stored()).map((row) => [row.week, row.remedy, row.quantity])).toEqual([
      [44, null, null],
      [45, 'credit', 1],
      [46, 'make_up', 1],
      [47, null, null],
    ]);
    expect(await baskets(vegetables, 44, 45, 46, 47)).toEqual({});
    expect((await record()).owed).toEqual([{ subscriptionId: vegetables, product: 'Simple', owed: 1, until: '2025-12-31' }]);
  });

  test('make_up: takes from the counter, which then keeps the cancelled basket cancelled', async () => {
    await rules({ remedy: 'counter' });
    expect(await ask(45, { kind: 'make_up', quantity: 1 })).toMatchObject({ ok: false, reason: 'Aucun panier n’est à rattraper.' });
    await ask(44, { kind: 'cancel' });
    expect(await ask(45, { kind: 'make_up', quantity: 1 })).toMatchObject({ ok: true });
    expect(await baskets(vegetables, 44, 45)).toEqual({ 45: '2 Simple Gare 1380' });
    expect((await record()).owed).toEqual([]);
    expect((await record()).requests.map(({ kind, state }) => [kind, state])).toEqual([
      ['make_up', 'open'],
      ['cancel', 'made_up'],
    ]);
    const [cancelled, madeUp] = await stored();
    expect(await withdrawRequest(garden.marie, Number(cancelled!.id), today)).toMatchObject({
      ok: false,
      reason: 'Ce panier annulé est déjà rattrapé : retirez d’abord le rattrapage.',
    });
    expect(await withdrawRequest(garden.marie, Number(madeUp!.id), today)).toMatchObject({ ok: true });
    expect((await record()).owed).toMatchObject([{ owed: 1 }]);
    expect(await withdrawRequest(garden.marie, Number(cancelled!.id), today)).toMatchObject({ ok: true });
    expect(await baskets(vegetables, 44, 45)).toEqual({ 44: '1 Simple Gare 1380', 45: '1 Simple Gare 1380' });
  });

  test('double and gift', async () => {
    await ask(44, { kind: 'double', quantity: 2 });
    await ask(45, { kind: 'gift' });
    expect(await baskets(vegetables, 44, 45)).toEqual({ 44: '3 Simple Gare 1380' });
    const { coming } = await record();
    const reasons = (number: number) => coming.find((line) => line.week === number && line.subscriptionId === vegetables)!.reasons;
    expect(reasons(44)).toMatchObject([{ kind: 'doubled', by: 2 }]);
    expect(reasons(45)).toMatchObject([{ kind: 'given' }]);
  });

  test('move: once, then for a while to the depot of another day; it has begun, so it is shortened', async () => {
    await ask(44, { kind: 'move', slotId: ids.schoolSlot, until: null });
    expect(await baskets(vegetables, 44, 45)).toEqual({ 44: '1 Simple École 1380', 45: '1 Simple Gare 1380' });
    await ask(46, { kind: 'move', slotId: ids.schoolSlot, until: week(49) });
    const move = (await stored())[1]!;
    expect(await baskets(vegetables, 45, 46, 47, 48, 49, 50)).toMatchObject({
      45: '1 Simple Gare 1380',
      46: '1 Simple École 1380',
      49: '1 Simple École 1380',
      50: '1 Simple Gare 1380',
    });
    const { coming } = await record();
    expect(coming.find((line) => line.week === 46 && line.subscriptionId === vegetables)).toMatchObject({
      depot: 'École',
      date: '2025-11-13',
      reasons: [{ kind: 'elsewhere', place: 'École' }],
    });
    // On Wednesday of week 47, this week's deliveries are frozen.
    const later = '2025-11-19';
    for (let press = 0; press < 2; press++)
      expect(await withdrawRequest(garden.marie, Number(move.id), later)).toEqual({
        ok: true,
        value: { customerId: lea, shortenedTo: week(47) },
      });
    expect(await baskets(vegetables, 46, 47, 48, 49)).toEqual({
      46: '1 Simple École 1380',
      47: '1 Simple École 1380',
      48: '1 Simple Gare 1380',
      49: '1 Simple Gare 1380',
    });
  });

  test('manual: what was typed stays, the rest follows; a second one takes its place', async () => {
    const wish = { kind: 'manual', quantity: 2, productId: ids.family, slotId: ids.stationSlot, priceCents: 2000 } as const;
    await ask(44, wish, { note: 'Anniversaire' });
    expect(await baskets(vegetables, 44)).toEqual({ 44: '2 Familial Gare 2000' });
    expect(await stored()).toMatchObject([{ kind: 'manual', slot_id: null, note: 'Anniversaire', source: 'staff' }]);
    await garden.owner.query('update subscription set price_cents = 1500, quantity = 3 where id = $1', [vegetables]);
    await inGarden(garden.marie, (tx) => planBaskets(tx, garden.gardenId, { today }));
    expect(await baskets(vegetables, 44, 45)).toEqual({ 44: '2 Familial Gare 2000', 45: '3 Simple Gare 1500' });
    await garden.owner.query('update subscription set price_cents = 1380, quantity = 1 where id = $1', [vegetables]);
    expect(await ask(44, { ...wish, quantity: 0 })).toMatchObject({ ok: true });
    expect(await ask(44, { ...wish, quantity: 0 }), 'sent twice').toMatchObject({ ok: true, value: { requests: 0 } });
    expect(await baskets(vegetables, 44)).toEqual({});
    expect(await stored()).toHaveLength(1);
  });
});

test('a basket put off by an older file is not lost when the week it leaves closes', async () => {
  await sow(garden, 'request', { subscription_id: vegetables, kind: 'postpone', year: 2025, week: 48, to_year: 2025, to_week: 49 });
  const { rows } = await garden.owner.query('select id from delivery where tour_id = $1 and year = 2025 and week = 48', [ids.wednesday]);
  const closing = { id: Number(rows[0].id), ...week(48), fate: null };
  await inGarden(garden.marie, async (tx) => {
    await storeFates(tx, garden.gardenId, 0, [closing], { today, cutoffHours: 24, takenOverOn: null });
    await tx.updateTable('delivery').set({ closed: true }).where('id', '=', closing.id).execute();
    await planBaskets(tx, garden.gardenId, { today });
  });
  expect(await baskets(vegetables, 48, 49)).toEqual({ 49: '2 Simple Gare 1380' });
  await garden.owner.query('update delivery set closed = false where id = $1', [closing.id]);
});

describe('all that is received that week', () => {
  test('one request covers the subscriptions that have a basket, and invents no absence for the others', async () => {
    expect(await ask(44, { kind: 'cancel' }, { also: [eggs] })).toMatchObject({ ok: true, value: { requests: 2 } });
    expect([await baskets(vegetables, 44), await baskets(eggs, 44)]).toEqual([{}, {}]);
    const choice = await basketChoice(garden.marie, vegetables, week(45), today);
    expect(choice!.others, 'bread comes on even weeks').toEqual([]);
    expect((await basketChoice(garden.marie, vegetables, week(46), today))!.others).toMatchObject([
      { subscriptionId: eggs, product: 'Pain', quantity: 1 },
    ]);
  });

  test('all or nothing, and the subscription that refuses is named', async () => {
    const refused = await ask(45, { kind: 'cancel' }, { also: [eggs] });
    expect(refused).toEqual({ ok: false, reason: 'Pain : Il n’y a pas de panier prévu cette semaine-là.' });
    expect(await stored()).toEqual([]);
    expect(await baskets(vegetables, 45)).toEqual({ 45: '1 Simple Gare 1380' });
  });

  test('what was asked already is left alone; another customer’s is refused', async () => {
    await ask(44, { kind: 'cancel' });
    expect(await ask(44, { kind: 'cancel' }, { also: [eggs] })).toMatchObject({ value: { requests: 1 } });
    expect(await ask(44, { kind: 'cancel' }, { also: [999_999] })).toMatchObject({ ok: false });
  });
});

test('a delivery tells what differs: who is away, what was given, doubled, put off to it, sent from and to another day', async () => {
  await ask(44, { kind: 'gift' });
  await ask(45, { kind: 'double', quantity: 2 });
  await ask(47, { kind: 'postpone', to: week(46) });
  await ask(48, { kind: 'move', slotId: ids.schoolSlot, until: week(49) });
  const differences = async (tour: number, number: number) => {
    const { rows } = await garden.owner.query('select id from delivery where tour_id = $1 and year = 2025 and week = $2', [tour, number]);
    const found = (await delivery(garden.marie, Number(rows[0].id), today))!;
    return found.differences!.map(({ kind, way, otherWeek, quantity, place }) => [kind, way, otherWeek, quantity, place]);
  };
  expect(await differences(ids.wednesday, 44)).toEqual([['gift', 'out', null, 1, null]]);
  expect(await differences(ids.wednesday, 45)).toEqual([['double', 'more', null, 2, null]]);
  expect(await differences(ids.wednesday, 46)).toEqual([['postpone', 'in', 47, 1, null]]);
  expect(await differences(ids.wednesday, 47)).toEqual([['postpone', 'out', 46, 1, null]]);
  expect(await differences(ids.wednesday, 49)).toEqual([['move', 'out', null, 1, 'École']]);
  expect(await differences(ids.thursday, 49)).toEqual([['move', 'in', null, 1, 'École']]);
  expect(await differences(ids.thursday, 50)).toEqual([]);
});

describe('the plan’s rules', () => {
  test('staff may set them aside, which is kept; customers may not', async () => {
    await rules({ limits: [{ from: '10-01', until: '12-31', kinds: ['cancel', 'postpone'], max: 1 }] });
    await ask(44, { kind: 'cancel' });
    const refused = await ask(45, { kind: 'cancel' });
    expect(refused).toMatchObject({
      ok: false,
      reason: expect.stringContaining('1 annulation ou report au plus'),
      fields: { derogation: expect.any(String) },
    });
    expect(await ask(45, { kind: 'cancel' }, { dispensed: true, source: 'customer' })).toMatchObject({
      ok: false,
      reason: expect.stringContaining('au plus'),
    });
    expect(await ask(45, { kind: 'cancel' }, { dispensed: true })).toMatchObject({ ok: true });
    expect((await stored()).map((row) => row.dispensed)).toEqual([false, true]);
  });

  test('a full depot: refused before anything is written, staff go beyond', async () => {
    await garden.owner.query('update slot set capacity = 1 where id = $1', [ids.stationSlot]);
    expect(await ask(45, { kind: 'double', quantity: 1 })).toMatchObject({
      ok: false,
      reason: expect.stringContaining('Complet'),
      fields: { beyond: expect.any(String) },
    });
    const customers = await ask(45, { kind: 'double', quantity: 1 }, { beyond: true, source: 'customer' });
    expect(customers).toEqual({ ok: false, reason: expect.stringContaining('Complet') });
    expect(await ask(45, { kind: 'double', quantity: 1 }, { beyond: true })).toMatchObject({ ok: true });
    expect(await ask(46, { kind: 'cancel' }), 'what takes away needs no room').toMatchObject({ ok: true });
  });

  test('the choice says beforehand what is refused, and why', async () => {
    await rules({ allowed: ['cancel'] });
    const choice = (await basketChoice(garden.marie, vegetables, week(45), today))!;
    expect(choice.told).toMatchObject({
      cancel: null,
      postpone: { mayDispense: true },
      make_up: { mayDispense: false, why: 'Aucun panier n’est à rattraper.' },
    });
    expect((await basketChoice(garden.marie, vegetables, week(43), today))!.refusal).toContain('Trop tard');
  });

  test('nothing without its right', async () => {
    const reader = garden.with('subscriptions:read', 'logistics:change');
    await expect(askFor(reader, { subscriptionId: vegetables, from: week(44), wish: { kind: 'gift' } }, today)).rejects.toThrow(
      AccessDenied,
    );
    await expect(setDoubledCap(reader, 1, 3, today)).rejects.toThrow(AccessDenied);
  });
});

describe('many at once', () => {
  const others: number[] = [];
  beforeAll(async () => {
    for (let number = 2; number <= 21; number++) {
      const customer_id = await sow(garden, 'customer', { number: String(number), last_name: `Client ${number}` });
      const common = { customer_id, frequency: 'weekly', quantity: 1, starts_on: '2025-01-01', ends_on: '2025-12-31', price_cents: 1380 };
      others.push(await sow(garden, 'subscription', { ...common, product_id: ids.simple, slot_id: ids.stationSlot }));
    }
    await inGarden(garden.marie, (tx) => planBaskets(tx, garden.gardenId, { today }));
  });

  test('twenty ask for a second basket in a delivery that may double five: five have it', async () => {
    const { rows } = await garden.owner.query('select id from delivery where tour_id = $1 and year = 2025 and week = 45', [ids.wednesday]);
    const delivery = Number(rows[0].id);
    await garden.owner.query('update garden set settings = \'{"doubledCap": 2}\'');
    expect(await setDoubledCap(garden.marie, delivery, 5, today)).toMatchObject({ ok: true });
    const double = (subscriptionId: number) =>
      askFor(garden.marie, { subscriptionId, from: week(45), wish: { kind: 'double', quantity: 1 } }, today);
    const answers = await Promise.all(others.map(double));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(5);
    expect(answers.find((answer) => !answer.ok)).toMatchObject({
      reason: expect.stringContaining('5 paniers doublés sur 5'),
      fields: { 'en-plus': expect.any(String) },
    });
    const counted = await inGarden(garden.marie, (tx) => doubledIn(tx, [delivery]));
    expect(counted.get(delivery)).toEqual({ doubled: 5, cap: 5 });
    // The usual number of the garden holds elsewhere; staff raise it here.
    expect(await setDoubledCap(garden.marie, delivery, 6, today)).toMatchObject({ ok: true });
    const left = others.filter((_, at) => !answers[at]!.ok);
    expect((await Promise.all(left.slice(0, 3).map(double))).filter((answer) => answer.ok)).toHaveLength(1);
    const elsewhere = others
      .slice(0, 4)
      .map((subscriptionId) => askFor(garden.marie, { subscriptionId, from: week(46), wish: { kind: 'double', quantity: 1 } }, today));
    expect((await Promise.all(elsewhere)).filter((answer) => answer.ok)).toHaveLength(2);
  });

  test('ten ask at once for four places of another depot: four have one', async () => {
    await garden.owner.query('update slot set capacity = 4 where id = $1', [ids.schoolSlot]);
    const answers = await Promise.all(
      others
        .slice(0, 10)
        .map((subscriptionId) =>
          askFor(garden.paul, { subscriptionId, from: week(48), wish: { kind: 'move', slotId: ids.schoolSlot, until: null } }, today),
        ),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(4);
  });

  test('two people about the same basket: one is heard, the other told; the same twice is one', async () => {
    const both = await Promise.all([
      ask(44, { kind: 'cancel' }),
      askFor(garden.paul, { subscriptionId: vegetables, from: week(44), wish: { kind: 'gift' } }, today),
    ]);
    expect(both.filter((answer) => answer.ok)).toHaveLength(1);
    expect(both.find((answer) => !answer.ok)).toMatchObject({ reason: expect.stringContaining('Une demande existe déjà') });
    const twice = await Promise.all([1, 2, 3].map(() => ask(45, { kind: 'postpone', to: week(46) })));
    expect(twice.every((answer) => answer.ok)).toBe(true);
    expect(await stored()).toHaveLength(2);
    expect(await baskets(vegetables, 45, 46)).toEqual({ 46: '2 Simple Gare 1380' });
  });

  test('the number of a frozen delivery is not changed', async () => {
    const { rows } = await garden.owner.query('select id from delivery where tour_id = $1 and year = 2025 and week = 43', [ids.wednesday]);
    expect(await setDoubledCap(garden.marie, Number(rows[0].id), 9, today)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('figée'),
    });
    expect(await setDoubledCap(garden.marie, 999_999, 9, today)).toMatchObject({ ok: false });
  });
});

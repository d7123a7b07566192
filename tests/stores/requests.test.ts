import { describe, expect, test } from 'vitest';
import { delivery } from '../../src/domains/preparation/index.server.ts';
import { planBaskets, storeFates, withdrawRequest } from '../../src/domains/subscriptions/index.server.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { sow } from './customers.garden.ts';
import { ask, baskets, garden, ids, lea, record, rules, stored, today, useRequests, vegetables, week } from './requests.garden.ts';

/** Every kind of request on the database: what is stored, and what is planned from it. */

useRequests();

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

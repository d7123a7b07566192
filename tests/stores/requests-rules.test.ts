import { beforeAll, describe, expect, test } from 'vitest';
import { askFor, basketChoice, doubledIn, planBaskets, setDoubledCap } from '../../src/domains/subscriptions/index.server.ts';
import { AccessDenied } from '../../src/platform/access/actor.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { sow } from './customers.garden.ts';
import { ask, baskets, eggs, garden, ids, rules, stored, today, useRequests, vegetables, week } from './requests.garden.ts';

/** What a request may do: with the others of the week, under the plan’s rules, and when many ask at once. */

useRequests();

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

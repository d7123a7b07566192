import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addOwnShare, endOwnShare, statement, subscriptionSchedule } from '../../src/domains/billing/index.server.ts';
import { personPart } from '../../src/domains/solidarity/rules/shares.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { type BillingGarden, balances, bill, linesOf, plantBilling, subscribed } from './billing.garden.ts';

/** What a customer owes of her baskets when others pay the rest, in each way of billing. A basket is 13,80 €, each Wednesday from 22 October 2025. */

const database = useDatabase();
let garden: BillingGarden;
beforeAll(async () => {
  garden = await plantBilling(database.ownerUrl());
});
afterAll(() => garden.owner.end());

/** Numbers follow dates: whatever is billed after the first test bears its last day. */
const later = { day: '2025-12-31', dueOn: '2025-12-31' };

const less = (subscriptionId: number, more: Partial<Parameters<typeof addOwnShare>[2]> = {}) =>
  inGarden(garden.marie, (tx) =>
    addOwnShare(tx, garden.gardenId, {
      ...{
        subscriptionId,
        startsOn: '2025-10-20',
        endsOn: '2025-11-30',
        cents: 250,
        basisPoints: 3000,
        goesOn: false,
        planIds: null,
        source: `test:${subscriptionId}`,
      },
      ...more,
    }),
  );

test('in arrears: her part while it lasts, the price afterwards; other customers pay as before', async () => {
  const one = await subscribed(garden, 'aidée');
  await subscribed(garden, 'autre');
  expect(await less(one.subscription)).toEqual({ ok: true, value: null });
  // Two Wednesdays in October, four in November, five in December.
  await bill(garden, '2025-11-30');
  expect(await balances(garden)).toMatchObject({ aidée: 6 * 250, autre: 6 * 1380 });
  await bill(garden, '2025-12-31');
  const all = (await balances(garden)).autre!;
  expect((await balances(garden)).aidée).toBe(6 * 250 + (all - 6 * 1380));
  const told = await statement(garden.marie, one.customer, { from: '2025-10-01', until: '2025-12-31' }, '2026-01-05');
  expect(told!.ahead).toBe(0);
});

test('it ends early: the next days are owed at the price, what was billed too little comes with the next invoice', async () => {
  const one = await subscribed(garden, 'partie');
  await less(one.subscription, { endsOn: '2025-12-31' });
  await bill(garden, '2025-10-31', later);
  await inGarden(garden.marie, (tx) => endOwnShare(tx, `test:${one.subscription}`, '2025-10-22'));
  await bill(garden, '2025-11-30', later);
  expect((await balances(garden)).partie).toBe(250 + 5 * 1380);
});

test('equal parts told at the whole price are told anew, and add up to her part', async () => {
  const one = await subscribed(garden, 'mensuelle', { billing_mode: 'instalments', billing_count: 3 });
  await garden.owner.query(
    `insert into instalment (garden_id, subscription_id, position, due_on, amount_cents) values (${garden.gardenId}, $1, 1, '2025-10-20', 13800)`,
    [one.subscription],
  );
  await less(one.subscription, { endsOn: '2025-12-31' });
  const told = await subscriptionSchedule(garden.marie, one.subscription, '2025-10-21');
  expect(told!.parts).toHaveLength(3);
  expect(told!.parts.reduce((sum, { amount }) => sum + amount, 0)).toBe(told!.expected);
  expect(told!.expected % 250).toBe(0);
});

test('paid ahead: baskets ahead are asked at her part', async () => {
  const one = await subscribed(garden, 'ahead', { billing_mode: 'prepaid', billing_count: 4 });
  await less(one.subscription);
  const run = await bill(garden, '2025-10-31', later);
  const lines = await linesOf(garden, run, one.customer);
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.every((line) => line.includes('× 250'))).toBe(true);
});

test('a day has one price: a second agreement is refused, by the database too', async () => {
  const one = await subscribed(garden, 'deux');
  await less(one.subscription);
  expect(await less(one.subscription, { startsOn: '2025-11-30', endsOn: null, source: 'test:other' })).toMatchObject({ ok: false });
  await expect(
    garden.owner.query(`insert into own_share (garden_id, subscription_id, starts_on) values (${garden.gardenId}, $1, '2025-11-30')`, [
      one.subscription,
    ]),
  ).rejects.toThrow('own_share');
});

test('SQL and the rule reckon the same part', async () => {
  const cases = fc.sample(
    fc.record({
      price: fc.integer({ min: 0, max: 9999 }),
      cents: fc.option(fc.integer({ min: 0, max: 9999 })),
      part: fc.integer({ min: 0, max: 10_000 }),
    }),
    200,
  );
  const { rows } = await inGarden(garden.marie, (tx) =>
    sql<{ own: number }>`select own_price(c.price, c.cents, c.part) as own from jsonb_to_recordset(${JSON.stringify(cases)}::jsonb)
      as c (price bigint, cents bigint, part integer)`.execute(tx),
  );
  expect(rows.map(({ own }) => own)).toEqual(cases.map(({ price, cents, part }) => personPart(price, { cents, basisPoints: part })));
});

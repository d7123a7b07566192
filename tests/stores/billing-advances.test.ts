import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  consumptionEntries,
  moveInstalments,
  postConsumption,
  previewRun,
  shareInstalments,
  subscriptionSchedule,
} from '../../src/domains/billing/index.server.ts';
import { runFilters } from '../../src/domains/billing/schema-runs.ts';
import { subscribe } from '../../src/domains/subscriptions/index.server.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { type BillingGarden, balances, bill, linesOf, plan, plantBilling, standing, subscribed, undo } from './billing.garden.ts';
import { sow } from './customers.garden.ts';
import { sowCustomer } from './places.garden.ts';

/** What is paid ahead: advances that become sales, equal parts, schedules, a garden that changed tools on the way. */

const database = useDatabase();
let garden: BillingGarden;
beforeAll(async () => {
  garden = await plantBilling(database.ownerUrl());
});
afterAll(() => garden.owner.end());

const consume = (month: string) => inGarden(garden.marie, (tx) => postConsumption(tx, garden.gardenId, month));

test('advances become sales as baskets are received; a month moved twice moves nothing twice; in the end none is left', async () => {
  await subscribed(garden, 'prépayé', { billing_mode: 'prepaid', billing_count: 4 });
  await subscribed(garden, 'mensuel', { billing_mode: 'instalments', billing_count: 3 });
  await subscribed(garden, 'échu');
  await bill(garden, '2025-10-31');
  const sold = await standing(garden, '701000');
  expect(await standing(garden, '419100')).toBeLessThan(0);
  // Two baskets of 13,80 € were received by each of the two: 26,16 € without VAT.
  const seen = await inGarden(garden.marie, (tx) => consumptionEntries(tx, garden.gardenId, '2025-10'));
  expect(seen.map(({ lines }) => lines.find(({ account }) => account === '419100')!.amount)).toEqual([2616, 2616]);
  expect(await consume('2025-10')).toBe(2);
  expect(await consume('2025-10')).toBe(0);
  expect(await standing(garden, '701000')).toBe(sold - 2 * 2616);

  await bill(garden, '2025-11-30');
  await consume('2025-11');
  const run = await bill(garden, '2025-12-31');
  await consume('2025-12');
  expect(await standing(garden, '419100')).toBe(0);
  // Taken back, the advances were never billed: what was moved comes back too.
  await undo(garden, run, '2026-01-02');
  await consume('2026-01');
  const back = await bill(garden, '2026-01-31');
  expect(back).toBeGreaterThan(run);
  await consume('2026-02');
  expect(await standing(garden, '419100')).toBe(0);
  expect(Object.values(await balances(garden))).toEqual([13_800, 13_800, 13_800]);
});

test('equal parts are kept as they were told, and billed as they fall due; a change can be shared among those that are left', async () => {
  const monthly = await sow(garden, 'plan', { name: 'Mensuel', product_id: garden.places.simple, billing_mode: 'instalments' });
  await sow(garden, 'plan_price', { plan_id: monthly, starts_on: '2000-01-01', price_cents: 1380 });
  const customer = await sowCustomer(garden, 'Signe');
  const form = {
    customerId: customer,
    planId: monthly,
    frequency: 'weekly',
    quantity: 1,
    slotId: garden.places.openSlot,
    basketCount: null,
  } as const;
  const signed = await subscribe(garden.marie, { ...form, startsOn: '2025-10-22', endsOn: '2025-12-31', after: 0 }, '2025-10-15');
  if (!signed.ok) throw new Error(signed.reason);
  const { id } = signed.value;
  const told = await subscriptionSchedule(garden.marie, id, '2025-10-15');
  expect(told!.coming.map(({ on, amount }) => [on, amount])).toEqual([
    ['2025-10-22', 4600],
    ['2025-11-01', 4600],
    ['2025-12-01', 4600],
  ]);
  expect(told).toMatchObject({ expected: 13_800, billed: 0, mayShare: false });

  const run = await bill(garden, '2026-02-01', { until: '2025-10-31' });
  expect(await linesOf(garden, run, customer)).toEqual(['advance Mensualité 1 sur 3 : Panier Simple: 1 × 4600']);
  // Two at once from November on: what was told stays, and what is missing can be shared.
  await garden.owner.query('update subscription set quantity = 2 where id = $1', [id]);
  await plan(garden, id);
  const changed = await subscriptionSchedule(garden.marie, id, '2025-10-31');
  expect(changed).toMatchObject({ expected: 2 * 13_800, billed: 4600, mayShare: true });
  expect(changed!.coming.at(-1)).toMatchObject({ amount: 13_800, baskets: null, over: true });
  expect(await shareInstalments(garden.marie, id, '2025-10-31')).toEqual({ ok: true, value: null });
  const shared = await subscriptionSchedule(garden.marie, id, '2025-10-31');
  expect(shared!.coming.map(({ on, amount }) => [on, amount])).toEqual([
    ['2025-11-01', 11_500],
    ['2025-12-01', 11_500],
  ]);
  expect(await shareInstalments(garden.marie, id, '2025-12-31')).toMatchObject({ ok: false });

  // Those that are not billed may fall due on other days, one by one, in their order and before the end.
  const seen = shared!.parts.map(({ dueOn }) => dueOn);
  expect([seen, shared!.partsBilled]).toEqual([['2025-10-22', '2025-11-01', '2025-12-01'], 1]);
  const move = (...days: (string | null)[]) => moveInstalments(garden.marie, id, { seen, days }, '2025-10-31');
  expect(await move('2025-10-20', '2025-12-05')).toMatchObject({ ok: false, fields: { jour2: expect.stringContaining('précédente') } });
  expect(await move('2025-11-05', '2026-01-05')).toMatchObject({ ok: false, fields: { jour3: expect.stringContaining('après la fin') } });
  expect(await move('2025-11-05', null)).toMatchObject({ ok: false, fields: { jour3: expect.any(String) } });
  expect(await move('2025-11-05', '2025-12-05')).toEqual({ ok: true, value: null });
  expect(await move('2025-11-05', '2025-12-05')).toEqual({ ok: true, value: null });
  expect(await move('2025-11-06', '2025-12-05')).toMatchObject({ ok: false, reason: expect.stringContaining('changé entre-temps') });
  const moved = await subscriptionSchedule(garden.marie, id, '2025-10-31');
  expect(moved!.coming.map(({ on, amount }) => [on, amount])).toEqual([
    ['2025-11-05', 11_500],
    ['2025-12-05', 11_500],
  ]);
});

test('who pays before the start is billed at once; what was delivered before the garden changed tools is not billed', async () => {
  const waiting = await subscribed(garden, 'attend', {
    billing_mode: 'prepaid',
    billing_count: 3,
    awaiting: 'payment',
    starts_on: '2026-03-01',
    ends_on: '2026-12-31',
  });
  const former = await subscribed(garden, 'ancien');
  const pack = await subscribed(garden, 'carnet repris', { billing_mode: 'pack', billing_count: 6 });
  await garden.owner.query("update garden set taken_over_on = '2025-11-12'");
  const look = (until: string, ...ids: number[]) => previewRun(garden.marie, { until, filters: runFilters.parse({ clients: ids }) });
  const seen = await look('2025-12-31', waiting.customer, former.customer, pack.customer);
  expect(Object.fromEntries(seen.rows.map(({ name, gross }) => [name, gross]))).toEqual({
    attend: 3 * 1380,
    // Seven Wednesdays from the 12th of November on.
    ancien: 7 * 1380,
    'carnet repris': 7 * 1380,
  });
  // Three of the six baskets of the first pack were received before: three are left to pay.
  expect((await look('2025-11-12', pack.customer)).rows[0]!.gross).toBe(3 * 1380);
  await garden.owner.query('update garden set taken_over_on = null');
});

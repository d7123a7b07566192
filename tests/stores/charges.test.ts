import { afterAll, beforeAll, expect, test } from 'vitest';
import { chargeLines } from '../../src/domains/billing/server/charges.ts';
import { ensureSeason } from '../../src/domains/logistics/index.server.ts';
import { planBaskets } from '../../src/domains/subscriptions/index.server.ts';
import type { Tx } from '../../src/platform/db/index.ts';
import { inGarden, readInGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { plantGarden, sow, sowLogistics, type TestGarden } from './customers.garden.ts';

const { ownerUrl } = useDatabase();
let garden: TestGarden;
let lea: number;

beforeAll(async () => {
  garden = await plantGarden(ownerUrl());
  await garden.owner.query(`select install_ledger(${garden.gardenId})`);
  const ids = await sowLogistics(garden);
  lea = await sow(garden, 'customer', { number: '1', last_name: 'Dupont', first_name: 'Léa' });
  await sow(garden, 'subscription', {
    ...{ customer_id: lea, product_id: ids.simple, slot_id: ids.stationSlot, frequency: 'weekly', quantity: 2, price_cents: 1380 },
    ...{ starts_on: '2025-10-01', ends_on: '2025-12-31', deposit_cents: 2000, container_fee_cents: 500 },
  });
  await inGarden(garden.marie, async (tx) => {
    await ensureSeason(tx, garden.gardenId, 2025);
    await planBaskets(tx, garden.gardenId, { today: '2025-09-01' });
  });
});
afterAll(() => garden?.owner.end());

const work = <T>(does: (tx: Tx) => Promise<T>) => inGarden(garden.marie, does);
const lines = (until: string, customerIds?: number[]) =>
  work((tx) => chargeLines(tx, garden.gardenId, customerIds ? { until, customerIds } : { until }));
const preview = (until: string) => readInGarden(garden.marie, (tx) => chargeLines(tx, garden.gardenId, { until }));

test('a preview tells deposits and fees of new subscriptions, and a run keeps them as charges, once', async () => {
  const said = (await preview('2025-10-31')).get(lea)!;
  expect(said.map(({ label, unitPrice, charge, account }) => [label, unitPrice, charge, account])).toEqual([
    ['Caution (Simple)', 2000, null, '419600'],
    ['Frais de contenant (Simple)', 500, null, '708800'],
  ]);
  expect(await preview('2025-09-30')).toEqual(new Map());
  const kept = await Promise.all([lines('2025-10-31'), lines('2025-10-31')]);
  for (const one of kept) expect(one.get(lea)).toMatchObject(said.map(({ label }) => ({ label, charge: expect.any(Number) })));
  expect((await garden.owner.query('select count(*)::int as n from charge')).rows[0].n).toBe(2);
  expect((await preview('2025-10-31')).get(lea)).toHaveLength(2);
});

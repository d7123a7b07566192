import { afterAll, beforeAll, beforeEach } from 'vitest';
import { ensureSeason } from '../../src/domains/logistics/index.server.ts';
import { type AskFor, askFor, customerRecord, planBaskets } from '../../src/domains/subscriptions/index.server.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { plantGarden, sow, sowLogistics, type TestGarden } from './customers.garden.ts';

/** A Monday: this week's Wednesday is frozen from today on, its Thursday is not. */
export const today = '2025-10-20';
export const week = (number: number) => ({ year: 2025, week: number });

/** Léa has vegetables every week, bread in even weeks, at the station; each test starts without any request. */
export let garden: TestGarden;
export let ids: Awaited<ReturnType<typeof sowLogistics>>;
export let lea: number;
export let bread: number;
export let vegetables: number;
export let eggs: number;
let plan: number;

export function useRequests(): void {
  const { ownerUrl } = useDatabase();
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
}

export const ask = (from: number, wish: AskFor['wish'], said: Partial<AskFor> = {}) =>
  askFor(garden.marie, { subscriptionId: vegetables, from: week(from), wish, ...said }, today);
export const rules = (flexibility: object) => garden.owner.query('update plan set flexibility = $1', [JSON.stringify(flexibility)]);
export const record = async () => (await customerRecord(garden.marie, lea, today))!;

/** « quantity product at depot for cents » of a subscription in some weeks. */
export async function baskets(subscription: number, ...weeks: number[]): Promise<Record<number, string>> {
  const { rows } = await garden.owner.query(
    `select l.week, b.quantity || ' ' || p.name || ' ' || d.name || ' ' || b.price_cents as said from basket b
     join delivery l on l.garden_id = b.garden_id and l.id = b.delivery_id join product p on p.garden_id = b.garden_id and p.id = b.product_id
     join slot s on s.garden_id = b.garden_id and s.id = b.slot_id join depot d on d.garden_id = b.garden_id and d.id = s.depot_id
     where b.subscription_id = $1 and l.week = any($2)`,
    [subscription, weeks],
  );
  return Object.fromEntries(rows.map((row) => [row.week, row.said]));
}
export const stored = async () =>
  (await garden.owner.query('select * from request where withdrawn_at is null order by id')).rows as Record<string, unknown>[];

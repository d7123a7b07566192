import { afterAll, beforeAll } from 'vitest';
import { createPlan } from '../../src/domains/plans/index.server.ts';
import { newPlanForm, type PlanValues, planIn } from '../../src/domains/plans/schema.ts';
import { useDatabase } from '../database.ts';
import { plantGarden, sow, sowLogistics, type TestGarden } from './customers.garden.ts';

export const today = '2025-10-20';

/** A garden with two baskets, eggs, a season and somebody to sell to. */
export let garden: TestGarden;
export let places: Awaited<ReturnType<typeof sowLogistics>>;
export let eggs: number;
export let customer: number;
export let season: number;
export function usePlans(): void {
  const database = useDatabase();
  beforeAll(async () => {
    garden = await plantGarden(database.ownerUrl());
    places = await sowLogistics(garden);
    eggs = await sow(garden, 'product', { name: 'Œufs', price_cents: 240, kind: 'other' });
    customer = await sow(garden, 'customer', { number: '1', last_name: 'Lamy', category: 'Salarié' });
    season = await sow(garden, 'season', { name: 'Saison 2026', starts_on: '2026-01-01', ends_on: '2026-12-31' });
  });
  afterAll(() => garden.owner.end());
}

/** A form filled with as little as one can. */
const typed = (more: Record<string, unknown> = {}) =>
  newPlanForm.parse({
    name: 'Simple',
    productId: places.simple,
    seasonId: '',
    frequencies: ['weekly'],
    priceCents: '13,80',
    allowed: ['cancel'],
    ...more,
  });
export const values = (more: Record<string, unknown> = {}): PlanValues => planIn(typed(more));

export async function make(name: string, more: Record<string, unknown> = {}, priceCents = 1380): Promise<number> {
  const done = await createPlan(garden.marie, values({ name, ...more }), priceCents);
  if (!done.ok) throw new Error(done.reason);
  return done.value.id;
}

export const subscribe = (planId: number, more: Record<string, unknown> = {}) =>
  sow(garden, 'subscription', {
    customer_id: customer,
    plan_id: planId,
    product_id: places.simple,
    slot_id: places.stationSlot,
    frequency: 'weekly',
    quantity: 1,
    price_cents: 1380,
    starts_on: '2025-01-01',
    ends_on: '2025-12-31',
    ...more,
  });

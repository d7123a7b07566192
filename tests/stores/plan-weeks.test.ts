import { beforeAll, describe, expect, test } from 'vitest';
import { plan, plans } from '../../src/domains/plans/index.server.ts';
import { changePlanWeeks, undoBatch } from '../../src/domains/subscriptions/index.server.ts';
import { AccessDenied, type Actor } from '../../src/platform/access/actor.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { only, smallGarden, today } from './logistics.garden.ts';

useDatabase();
let actor: Actor;
let id: number;
beforeAll(async () => {
  actor = await smallGarden('semaines');
  id = (await plans(actor, today, { search: 'simple' })).rows[0]!.id;
});

const range = (from: number, until: number) => Array.from({ length: until - from + 1 }, (_, index) => from + index);
const until46 = range(1, 46);

/** Weeks of 2025 in which baskets of the plan stand, with how many rows. */
async function weeks(): Promise<Map<number, number>> {
  const rows = await inGarden(actor, (tx) =>
    tx
      .selectFrom('basket')
      .innerJoin('delivery', (join) =>
        join.onRef('delivery.garden_id', '=', 'basket.garden_id').onRef('delivery.id', '=', 'basket.delivery_id'),
      )
      .innerJoin('subscription', (join) =>
        join.onRef('subscription.garden_id', '=', 'basket.garden_id').onRef('subscription.id', '=', 'basket.subscription_id'),
      )
      .select(({ fn }) => ['delivery.week', fn.countAll<number>().as('baskets')])
      .where('delivery.year', '=', 2025)
      .where('subscription.plan_id', '=', id)
      .groupBy('delivery.week')
      .execute(),
  );
  return new Map(rows.map(({ week, baskets }) => [week, Number(baskets)]));
}

const change = async (mode: 'preview' | 'apply', wanted: number[] | null, version?: number) =>
  changePlanWeeks(actor, id, { version: version ?? (await plan(actor, id, today))!.version, weeks: wanted }, { today, mode });

describe('the weeks of a plan that has subscribers', () => {
  test('a preview tells whose baskets would go, and changes nothing', async () => {
    const before = await weeks();
    const answer = await change('preview', until46);
    if (!answer.ok) throw new Error(answer.reason);
    const lost = [...before].reduce((sum, [week, baskets]) => sum + (week > 46 ? baskets : 0), 0);
    expect(lost).toBeGreaterThan(0);
    expect(answer.value!.baskets.removed).toBe(lost);
    expect(answer.value!.customers.map(({ name }) => name)).toHaveLength(4);
    expect(await weeks()).toEqual(before);
    expect((await plan(actor, id, today))!.weeks).toBeNull();
  });

  test('done in one step, once; what is frozen stays; and taken back', async () => {
    const before = await weeks();
    const { version } = (await plan(actor, id, today))!;
    const done = await change('apply', range(43, 46));
    if (!done.ok) throw new Error(done.reason);
    const after = await weeks();
    for (const [week, baskets] of before) {
      // Weeks that are over were served, whatever the plan says now.
      expect([week, after.get(week)]).toEqual([week, week <= 46 ? baskets : undefined]);
    }
    expect(after.get(20)).toBeGreaterThan(0);
    expect(await change('apply', range(43, 46), version)).toEqual({ ok: true, value: null });
    expect(await change('apply', until46, version)).toMatchObject({ ok: false, fields: { weeks: expect.stringContaining('43 à 46') } });

    expect(await undoBatch(actor, done.value!.batchId, today)).toMatchObject({ ok: true });
    expect(await weeks()).toEqual(before);
    expect((await plan(actor, id, today))!.weeks).toBeNull();
  });

  test('asks for the right to change plans', async () => {
    await expect(changePlanWeeks(only(actor, 'catalogue:read'), id, { version: 1, weeks: null }, { today, mode: 'apply' })).rejects.toThrow(
      AccessDenied,
    );
    expect(await changePlanWeeks(actor, 999_999, { version: 1, weeks: null }, { today, mode: 'apply' })).toMatchObject({ ok: false });
  });
});

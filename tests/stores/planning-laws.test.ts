import { afterAll, beforeAll, expect, test } from 'vitest';
import { chance } from '../../src/demo/random.ts';
import { ensureSeason } from '../../src/domains/logistics/index.server.ts';
import { planBaskets } from '../../src/domains/subscriptions/index.server.ts';
import { addDays, addWeeks, type Day, weekOf } from '../../src/kernel/day.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { plantGarden, sow, sowLogistics, type TestGarden } from './customers.garden.ts';

/**
 * Half a year of a garden's life as luck has it: every kind of request, terms that change, slots that close. After every step frozen deliveries
 * are as they were; planning one subscription says what planning the whole garden says; and what is withdrawn leaves no trace.
 */

const { ownerUrl } = useDatabase();
let garden: TestGarden;
let ids: Awaited<ReturnType<typeof sowLogistics>>;
const subscriptions: number[] = [];

beforeAll(async () => {
  garden = await plantGarden(ownerUrl());
  ids = await sowLogistics(garden);
  const customer_id = await sow(garden, 'customer', { number: '1', last_name: 'Dupont' });
  const common = { customer_id, starts_on: '2026-01-01', ends_on: '2026-12-31', price_cents: 1380, product_id: ids.simple };
  for (const [slot_id, frequency, quantity, basket_count] of [
    [ids.stationSlot, 'weekly', 1, null],
    [ids.stationSlot, 'even_weeks', 2, null],
    [ids.schoolSlot, 'third_of_month', 3, null],
    [ids.schoolSlot, 'weekly', 1, 30],
  ])
    subscriptions.push(await sow(garden, 'subscription', { ...common, slot_id, frequency, quantity, basket_count }));
  await inGarden(garden.marie, (tx) => ensureSeason(tx, garden.gardenId, 2026));
  await garden.owner.query('update delivery set closed = true where week in (1, 33, 53)');
});
afterAll(() => garden.owner.end());

const replan = (today: Day, subscriptionIds?: number[]) =>
  inGarden(garden.marie, (tx) => planBaskets(tx, garden.gardenId, { today, subscriptionIds }));

/** The tours are prepared the day before, and freeze 24 hours before that day begins. */
async function baskets(today: Day, which: 'frozen' | 'open'): Promise<string[]> {
  const { rows } = await garden.owner.query(
    `select (case when $2 then to_jsonb(b) else to_jsonb(b) - 'id' end)::text as row from basket b join delivery d on d.garden_id = b.garden_id and d.id = b.delivery_id
     where (d.date <= $1::date + 2) = $2 order by 1`,
    [today, which === 'frozen'],
  );
  return rows.map(({ row }) => row);
}

test.each([3, 11, 24, 25, 32, 58])('luck %i', async (seed) => {
  const luck = chance(seed);
  for (const table of ['request', 'subscription_change', 'slot_closing', 'basket']) await garden.owner.query(`delete from ${table}`);
  await replan('2026-01-01');
  let today: Day = '2026-01-05';
  let written = 0;
  for (let step = 0; step < 30; step++, today = addDays(today, luck.between(1, 9))) {
    const frozen = await baskets(today, 'frozen');
    const subscription = luck.pick(subscriptions);
    const week = addWeeks(weekOf(today), luck.between(2, 12));
    const other = addWeeks(weekOf(today), luck.between(2, 12));
    const done = await happen(luck, subscription, today, week, other);
    written += done === 'nothing' ? 0 : 1;
    if (done === 'everybody') await replan(today);
    else await replan(today, [subscription]);
    expect(await baskets(today, 'frozen'), `step ${step}, ${today}`).toEqual(frozen);
  }
  expect(written).toBeGreaterThan(15);

  // The whole garden has nothing to add to what was planned one by one; and planning from nothing says the same.
  const open = await baskets(today, 'open');
  expect(await replan(today)).toMatchObject({ inserted: 0, updated: 0, removed: 0 });
  await garden.owner.query('delete from basket b using delivery d where d.id = b.delivery_id and d.date > $1::date + 2', [today]);
  await replan(today);
  expect(await baskets(today, 'open')).toEqual(open);

  // All withdrawn, open deliveries are those of a garden where nothing was ever asked (but for the count: what was received counts).
  for (const table of ['request', 'subscription_change', 'slot_closing'])
    await garden.owner.query(`update ${table} set withdrawn_at = now()`);
  const frozen = await baskets(today, 'frozen');
  await replan(today);
  expect(await baskets(today, 'frozen')).toEqual(frozen);
  const [, , , byCount] = subscriptions;
  const byPeriod = (rows: string[]) => rows.filter((row) => JSON.parse(row).subscription_id !== byCount);
  const after = byPeriod(await baskets(today, 'open'));
  const { rows } = await garden.owner.query('select coalesce(sum(quantity), 0)::int as total from basket where subscription_id = $1', [
    byCount,
  ]);
  expect(rows[0].total).toBe(30);
  await garden.owner.query('delete from basket');
  await replan('2026-01-01');
  expect(byPeriod(await baskets(today, 'open'))).toEqual(after);
});

type Week = { year: number; week: number };

/** One thing that may happen to a garden, about deliveries that are open, as the commands would write it; a second request of one kind about one week is no news. */
async function happen(
  luck: ReturnType<typeof chance>,
  subscription: number,
  today: Day,
  { year, week }: Week,
  other: Week,
): Promise<'one' | 'everybody' | 'nothing'> {
  const { owner, gardenId } = garden;
  const insert = async (table: string, values: Record<string, unknown>) => {
    const columns = Object.keys(values).join(', ');
    const places = Object.keys(values).map((_, index) => `$${index + 2}`);
    const text = `insert into ${table} (garden_id, ${columns}) values ($1, ${places}) on conflict do nothing`;
    return (await owner.query(text, [gardenId, ...Object.values(values)])).rowCount ? 'one' : 'nothing';
  };
  const request = (kind: string, more: Record<string, unknown> = {}) =>
    insert('request', { subscription_id: subscription, kind, year, week, ...more });
  switch (luck.between(1, 11)) {
    case 1:
      return request('cancel', { remedy: luck.pick([null, 'make_up']) });
    case 2:
      return other.week === week
        ? 'nothing'
        : request('postpone', { to_year: other.year, to_week: other.week, quantity: luck.between(1, 2) });
    case 3:
      return request('double');
    case 4:
      return request('make_up', { quantity: 1 });
    case 5:
      return request('gift');
    case 6:
      return request('move', { slot_id: luck.pick([ids.stationSlot, ids.schoolSlot]) });
    case 7:
      return other.week > week
        ? request('move', { slot_id: luck.pick([ids.stationSlot, ids.schoolSlot]), until_year: other.year, until_week: other.week })
        : 'nothing';
    case 8:
      return request('manual', { quantity: luck.between(0, 3), product_id: luck.pick([null, ids.family]) });
    case 9:
      return insert('subscription_change', {
        ...{ subscription_id: subscription, from_year: year, from_week: week, product_id: luck.pick([ids.simple, ids.family]) },
        ...{
          slot_id: luck.pick([ids.stationSlot, ids.schoolSlot]),
          frequency: luck.pick(['weekly', 'odd_weeks']),
          quantity: luck.between(1, 2),
          price_cents: 1500,
        },
      });
    case 10: {
      const from = addDays(today, luck.between(14, 200));
      await insert('slot_closing', {
        slot_id: ids.stationSlot,
        from_on: from,
        until_on: addDays(from, 20),
        replacement_slot_id: luck.pick([null, ids.schoolSlot]),
      });
      return 'everybody';
    }
    default: {
      const { rowCount } = await owner.query(
        `update request set withdrawn_at = now() where id = (
          select min(id) from request where subscription_id = $1 and withdrawn_at is null and least(week, to_week) > $2)`,
        [subscription, weekOf(today).week + 1],
      );
      return rowCount ? 'one' : 'nothing';
    }
  }
}

import { afterAll, beforeAll, expect, test } from 'vitest';
import { chance } from '../../src/demo/random.ts';
import { ensureSeason } from '../../src/domains/logistics/index.server.ts';
import { askFor, planBaskets, withdrawRequest } from '../../src/domains/subscriptions/index.server.ts';
import { addDays, type Day, weekOf } from '../../src/kernel/day.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { plantGarden, sow, sowLogistics, type TestGarden } from './customers.garden.ts';

/** Six weeks of a garden's life around the new year (2026 has 53 weeks), as luck has it: what must hold after every step of it. */

const { ownerUrl } = useDatabase();
let garden: TestGarden;
let ids: Awaited<ReturnType<typeof sowLogistics>>;
const subscriptions: number[] = [];

beforeAll(async () => {
  garden = await plantGarden(ownerUrl());
  ids = await sowLogistics(garden);
  const customer_id = await sow(garden, 'customer', { number: '1', last_name: 'Dupont' });
  const common = { customer_id, starts_on: '2026-01-01', ends_on: '2027-12-31', price_cents: 1380, product_id: ids.simple };
  for (const [slot_id, frequency, quantity] of [
    [ids.stationSlot, 'weekly', 1],
    [ids.stationSlot, 'even_weeks', 2],
    [ids.schoolSlot, 'odd_weeks', 1],
    [ids.schoolSlot, 'first_of_month', 3],
  ] as const)
    subscriptions.push(await sow(garden, 'subscription', { ...common, slot_id, frequency, quantity }));
  await inGarden(garden.marie, async (tx) => {
    for (const year of [2026, 2027]) await ensureSeason(tx, garden.gardenId, year);
    await planBaskets(tx, garden.gardenId, { today: '2025-12-01' });
  });
  await garden.owner.query('update delivery set closed = true where year = 2027 and week = 2');
  await replan('2025-12-01');
});
afterAll(() => garden.owner.end());

const replan = (today: Day) => inGarden(garden.marie, (tx) => planBaskets(tx, garden.gardenId, { today }));

/** Baskets whose delivery is frozen that day (24 hours before its preparation day, which is the day before), or still open: `id` left out of the latter. */
async function baskets(today: Day, which: 'frozen' | 'open'): Promise<string[]> {
  const { rows } = await garden.owner.query(
    `select (case when $2 then to_jsonb(b) else to_jsonb(b) - 'id' end)::text as row from basket b join delivery d on d.garden_id = b.garden_id and d.id = b.delivery_id
     where (d.date <= $1::date + 2) = $2 order by 1`,
    [today, which === 'frozen'],
  );
  return rows.map(({ row }) => row);
}

const total = async (subscription: number): Promise<number> =>
  (await garden.owner.query('select coalesce(sum(quantity), 0)::int as total from basket where subscription_id = $1', [subscription]))
    .rows[0].total;

test('requests and withdrawals change open deliveries alone, lose and double nothing, and leave what planning from nothing would', async () => {
  const usual = new Map<number, number>();
  for (const one of subscriptions) usual.set(one, await total(one));
  for (const seed of [1, 7]) {
    const luck = chance(seed);
    await garden.owner.query('delete from request');
    await garden.owner.query('delete from basket');
    await replan('2025-12-01');
    let taken = 0;
    for (let today = '2026-12-10'; today < '2027-01-14'; today = addDays(today, luck.between(0, 2))) {
      const frozen = await baskets(today, 'frozen');
      const { rows: standing } = await garden.owner.query('select id from request where withdrawn_at is null');
      if (standing.length > 1 && luck.happens(0.15)) await withdrawRequest(garden.marie, Number(luck.pick(standing).id), today);
      else {
        const [from, to] = [weekOf(addDays(today, luck.between(-3, 30))), weekOf(addDays(today, luck.between(-7, 45)))];
        const kind = luck.happens(0.6) ? 'postpone' : 'cancel';
        const subscriptionId = luck.happens(0.5) ? subscriptions[0]! : luck.pick(subscriptions);
        const wish = kind === 'postpone' ? ({ kind, to } as const) : ({ kind } as const);
        const asked = await askFor(garden.marie, { subscriptionId, from, wish, beyond: true }, today);
        if (asked.ok) taken += 1;
      }
      expect(await baskets(today, 'frozen'), `${seed} ${today}`).toEqual(frozen);
      const open = await baskets(today, 'open');
      await garden.owner.query(
        'delete from basket b using delivery d where d.garden_id = b.garden_id and d.id = b.delivery_id and d.date > $1::date + 2',
        [today],
      );
      await replan(today);
      expect(await baskets(today, 'open'), `${seed} ${today}`).toEqual(open);
      expect(await replan(today)).toMatchObject({ inserted: 0, updated: 0, removed: 0 });
    }
    expect(taken).toBeGreaterThan(4);
    for (const one of subscriptions) {
      const { rows } = await garden.owner.query(
        `select coalesce(sum(s.quantity), 0)::int as cancelled from request r join subscription s on s.garden_id = r.garden_id and s.id = r.subscription_id
         where r.subscription_id = $1 and r.kind = 'cancel' and r.withdrawn_at is null`,
        [one],
      );
      expect(await total(one), `${seed} ${one}`).toBe(usual.get(one)! - rows[0].cancelled);
    }
  }
});

test('two people asking at once for one subscription: both are heard, or one is told why not; never a basket twice', async () => {
  const today = '2026-03-02';
  await garden.owner.query('delete from request');
  await replan('2025-12-01');
  const [one] = subscriptions;
  const before = await total(one!);
  const week = (number: number) => ({ year: 2026, week: number });
  const asked = await Promise.all([
    ...[12, 13, 14, 15].map((from) =>
      askFor(garden.marie, { subscriptionId: one!, from: week(from), wish: { kind: 'postpone', to: week(16) }, beyond: true }, today),
    ),
    askFor(garden.paul, { subscriptionId: one!, from: week(12), wish: { kind: 'cancel' } }, today),
    replan(today),
  ]);
  const refused = asked.filter((answer) => 'ok' in answer && !answer.ok).length;
  expect(refused).toBe(1);
  const { rows } = await garden.owner.query('select kind from request where subscription_id = $1 and week = 12', [one]);
  expect(rows).toHaveLength(1);
  expect(await total(one!)).toBe(before - (rows[0].kind === 'cancel' ? 1 : 0));
});

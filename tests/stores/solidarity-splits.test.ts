import { afterAll, beforeAll, expect, test } from 'vitest';
import { settleGarden, startPath } from '../../src/domains/solidarity/index.server.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { type BillingGarden, balances, bill, miss, plan, plantBilling, subscribed } from './billing.garden.ts';
import { sow } from './customers.garden.ts';
import { sowCustomer } from './places.garden.ts';
import { value } from './solidarity-people.garden.ts';

/**
 * Whatever becomes of a basket, it is split as any other, or not at all. A basket is 13,80 €: 2,50 € are hers, 6,00 € the national programme's, 5,30 € the
 * town's. Wednesdays from 22 October (week 43) to 24 December 2025 (week 52): ten.
 */

const database = useDatabase();
let garden: BillingGarden;
let programme: number;
beforeAll(async () => {
  garden = await plantBilling(database.ownerUrl());
  await garden.owner.query(`select install_solidarity(${garden.gardenId})`);
  const customer_id = await sowCustomer(garden, 'Programme national');
  const national = await sow(garden, 'funder', { kind: 'national', name: 'Programme national', customer_id });
  const town = await sow(garden, 'funder', { kind: 'commune', name: 'Ville', customer_id: await sowCustomer(garden, 'Ville') });
  programme = await sow(garden, 'programme', { name: 'Paniers pour tous', starts_on: '2025-01-01', person_cents: 250 });
  await sow(garden, 'programme_share', { programme_id: programme, position: 1, funder_id: national, kind: 'amount', cents: 600 });
  await sow(garden, 'programme_share', { programme_id: programme, position: 2, funder_id: town, kind: 'remainder' });
});
afterAll(() => garden.owner.end());

type Story = {
  name: string;
  /** Baskets that are paid for in the end. */
  baskets: number;
  /** What was asked of it, by kind and week. */
  asked?: Record<string, unknown>[];
  /** Weeks whose basket was missing, and how that was put right. */
  missing?: [number, 'credit' | 'make_up' | null][];
};
const week = (week: number, more: object) => ({ year: 2025, week, ...more });
const stories: Story[] = [
  { name: 'as usual', baskets: 10 },
  { name: 'away one week', baskets: 9, asked: [week(45, { kind: 'cancel' })] },
  { name: 'put off to another week', baskets: 10, asked: [week(45, { kind: 'postpone', to_year: 2025, to_week: 46, quantity: 1 })] },
  { name: 'twice as much one week', baskets: 11, asked: [week(47, { kind: 'double', quantity: 1 })] },
  { name: 'away, then made up', baskets: 10, asked: [week(45, { kind: 'cancel' }), week(50, { kind: 'make_up' })] },
  { name: 'given to somebody else: it stays paid', baskets: 10, asked: [week(45, { kind: 'gift' })] },
  { name: 'missing and credited', baskets: 9, missing: [[44, 'credit']] },
  { name: 'missing, to be made up, and not yet', baskets: 9, missing: [[44, 'make_up']] },
  { name: 'missing, and made up', baskets: 10, missing: [[44, 'make_up']], asked: [week(50, { kind: 'make_up' })] },
  { name: 'not collected: hers all the same', baskets: 10, missing: [[44, null]] },
];

test.each(stories)('$name: $baskets baskets, each split as any other', async ({ name, baskets, asked = [], missing = [] }) => {
  const one = await subscribed(garden, name);
  value(
    await inGarden(garden.marie, (tx) =>
      startPath(tx, garden.gardenId, {
        ...{ programmeId: programme, customerId: one.customer, subscriptionId: one.subscription, affiliation: '', place: '', household: 2 },
        ...{ reference: '', startsOn: '2025-10-20', endsOn: '2025-12-31', atEnd: 'ends' },
      }),
    ),
  );
  // Told before anything happens, so that what happens is a correction.
  await settleGarden(garden.marie, '2026-01-05');
  for (const request of asked) await sow(garden, 'request', { subscription_id: one.subscription, ...request });
  await plan(garden, one.subscription);
  for (const [at, remedy] of missing) await miss(garden, one.subscription, garden.places.wednesdays.get(at)!, remedy);
  await settleGarden(garden.marie, '2026-01-05');
  expect(await settleGarden(garden.marie, '2026-01-05')).toBe(0);

  const { rows } = await garden.owner.query(
    `select coalesce(f.name, 'elle') as name, sum(l.cents)::int as cents from payer_line l left join funder f on f.id = l.funder_id
     where l.subscription_id = $1 group by 1 order by 1`,
    [one.subscription],
  );
  expect(Object.fromEntries(rows.map(({ name, cents }) => [name, cents]))).toEqual({
    ...{ elle: baskets * 250, 'Programme national': baskets * 600, Ville: baskets * 530 },
  });
  // What her invoices ask is her part of the split, to the cent.
  await bill(garden, '2025-12-31');
  expect((await balances(garden))[name]).toBe(baskets * 250);
});

test('law: of each basket, lines add up to its price or to nothing, and hers is 30 % at most', async () => {
  const { rows } = await garden.owner.query(
    `select sum(cents)::int as all, coalesce(sum(cents) filter (where funder_id is null), 0)::int as hers from payer_line group by subscription_id, day, unit`,
  );
  expect(rows.length).toBeGreaterThan(90);
  for (const { all, hers } of rows) {
    expect([0, 1380]).toContain(all);
    expect(hers * 10_000).toBeLessThanOrEqual(all * 3000);
  }
});

import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { owedLines, owedLinesOn } from '../../src/domains/billing/index.server.ts';
import { post } from '../../src/domains/ledger/index.server.ts';
import { cashForecast } from '../../src/domains/receivables/index.server.ts';
import { AccessDenied, type Actor } from '../../src/platform/access/actor.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { countingQueries } from '../queries.ts';
import { only, smallGarden, today } from './logistics.garden.ts';

useDatabase();
let actor: Actor;
beforeAll(async () => {
  actor = await smallGarden('bourg');
});

/** What is delivered from one day to another, at its price: all subscriptions of this garden pay in arrears, month by month. */
const worth = (from: string, until: string): Promise<number> =>
  inGarden(actor, async (tx) => {
    const { rows } = await sql<{ cents: number }>`
      select coalesce(sum(b.price_cents * b.quantity), 0)::bigint as cents from basket b join delivery l on l.garden_id = b.garden_id and l.id = b.delivery_id
      where not l.closed and l.date between greatest(${from}::date, (select taken_over_on from garden where id = app_garden())) and ${until}`.execute(
      tx,
    );
    return rows[0]!.cents;
  });

test('months to come are worth their baskets, what was never billed stands in the first; as many queries whatever the customers', async () => {
  const { result, queries } = await countingQueries(() => cashForecast(actor, today, 3));
  expect(queries.length).toBeLessThanOrEqual(10 + 3 * 3);
  // Told of several months at once, what is to bill is what each of them tells alone.
  const months = ['2025-10-31', '2025-11-30', '2025-12-31'];
  const gross = (lines: Map<number, { quantity: number; unitPrice: number }[]>) =>
    [...lines].map(([customer, own]) => [customer, own.reduce((sum, one) => sum + one.quantity * one.unitPrice, 0)]);
  await inGarden(actor, async (tx) => {
    const together = await owedLinesOn(tx, actor.gardenId, months);
    for (const [at, until] of months.entries()) expect(gross(together[at]!)).toEqual(gross(await owedLines(tx, actor.gardenId, { until })));
  });
  expect(result.months.map(({ from, until }) => [from, until])).toEqual([
    [today, '2025-10-31'],
    ['2025-11-01', '2025-11-30'],
    ['2025-12-01', '2025-12-31'],
  ]);
  const fees = (months: typeof result.months) => months.map(({ toBill }) => toBill);
  const baskets = [
    await worth('2025-01-01', '2025-10-31'),
    await worth('2025-11-01', '2025-11-30'),
    await worth('2025-12-01', '2025-12-31'),
  ];
  expect(baskets.every((cents) => cents > 0)).toBe(true);
  // École asks 0,50 € for each basket: three a week, on top of what they are worth.
  const extra = fees(result.months).map((cents, at) => cents - baskets[at]!);
  expect(extra.every((cents) => cents > 0 && cents % 150 === 0)).toBe(true);
  expect(result.months.every(({ expected, toBill, billed }) => expected === toBill + billed)).toBe(true);
});

test('what is late stands apart, what is in hand is used first', async () => {
  const before = await cashForecast(actor, today, 3);
  await inGarden(actor, async (tx) => {
    const { rows } = await sql<{ id: number; number: string }>`select id, number from customer order by number`.execute(tx);
    const entry = (at: number, cents: number) => ({
      ...{ day: '2025-09-01', label: 'Facture', document: `F${at}`, documentDay: '2025-09-01' },
      lines: [
        { account: '411000', amount: cents, customer: rows[at]!.id },
        { account: '701000', amount: -cents },
      ],
    });
    await post(tx, 'VE', [entry(0, 7_000), entry(1, -1_000)]);
  });
  const after = await cashForecast(actor, today, 3);
  expect(after.late).toBe(7_000);
  expect(after.months[0]!.expected).toBe(before.months[0]!.expected - 1_000);
  expect(after.months[1]).toEqual(before.months[1]);
});

test('without the right to read balances, nothing', () => {
  expect(() => cashForecast(only(actor, 'payments:change'), today, 3)).toThrow(AccessDenied);
});

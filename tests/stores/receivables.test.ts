import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { heldCustomers } from '../../src/domains/ledger/index.server.ts';
import { openItems, rejectPayment } from '../../src/domains/payments/index.server.ts';
import { agedBalances, balances, balancesToExport, cashForecast, moneyGlance } from '../../src/domains/receivables/index.server.ts';
import { aged } from '../../src/domains/receivables/rules/age.ts';
import { AccessDenied } from '../../src/platform/access/actor.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { countingQueries } from '../queries.ts';
import { sow } from './customers.garden.ts';
import { type OwingGarden, owingGarden, today } from './receivables.garden.ts';

const { ownerUrl } = useDatabase();
let garden: OwingGarden;
/** Owes a late one and one to come; a late one paid on purpose after; has in hand; is square. */
let [late, mixed, ahead, square]: number[] = [];

beforeAll(async () => {
  garden = await owingGarden(ownerUrl());
  late = await garden.customer('Lamy', { category: 'Adhérent', payment_method: 'cheque' });
  mixed = await garden.customer('Martin');
  ahead = await garden.customer('Noël');
  square = await garden.customer('Octave');
  await garden.invoice(late!, 10_000, '2025-08-01');
  await garden.invoice(late!, 5_000, '2025-11-05');
  await garden.paid(late!, 2_500, '2025-09-01');
  await garden.invoice(mixed!, 4_000, '2025-10-01');
  const coming = await garden.invoice(mixed!, 6_000, '2025-11-05');
  await garden.paid(mixed!, 5_000, '2025-10-10', { document: coming });
  await garden.invoice(mixed!, -500, '2025-10-15', coming);
  await garden.invoice(ahead!, 1_000, '2025-09-01');
  await garden.paid(ahead!, 3_000);
  await garden.invoice(square!, 1_000, '2025-09-01');
  await garden.paid(square!, 1_000);
});
afterAll(() => garden?.owner.end());

const asked = { search: '', sort: 'solde', direction: 'desc' as const, page: 1, perPage: 50, filters: {} };

describe('balances', () => {
  test('one query tells who owes what, what of it is late, and the sums of all of it', async () => {
    const { result, queries } = await countingQueries(() => balances(garden.marie, today, asked));
    expect(queries).toHaveLength(1);
    expect(result.rows.map(({ id, balance, late: cents }) => [id, balance, cents])).toEqual([
      [late, 12_500, 7_500],
      [mixed, 4_500, 4_000],
      [ahead, -2_000, 0],
    ]);
    expect(result.rows[0]).toMatchObject({ paidOn: '2025-09-01', remindedOn: null, archived: false });
    expect(result).toMatchObject({ total: 3, sums: { owed: 17_000, late: 11_500, inHand: 2_000 }, categories: ['Adhérent'] });
  });

  test('searched, filtered, sorted, page by page, and as a file', async () => {
    const ids = async (more: Partial<typeof asked> & { filters?: Record<string, string> }) =>
      (await balances(garden.marie, today, { ...asked, ...more })).rows.map(({ id }) => id);
    expect(await ids({ search: 'octave' })).toEqual([square]);
    expect(await ids({ filters: { solde: 'tous' }, sort: 'nom' })).toEqual([square, ahead, mixed, late]);
    expect(await ids({ filters: { solde: 'avance' } })).toEqual([ahead]);
    expect(await ids({ filters: { solde: 'retard', reglement: 'cheque' } })).toEqual([late]);
    expect(await ids({ filters: { categorie: 'Adhérent' } })).toEqual([late]);
    expect(await ids({ page: 2, perPage: 2 })).toEqual([ahead]);
    expect(await ids({ sort: 'retard', filters: { solde: 'doit' } })).toEqual([late, mixed]);
    expect(await balancesToExport(garden.marie, today, { ...asked, page: 2, perPage: 2 })).toHaveLength(3);
  });

  test('without the right to read balances, nothing', () => {
    expect(() => balances(garden.with('customers:change'), today, asked)).toThrow(AccessDenied);
  });
});

test('what is late is the same, matched item by item or in one pass', async () => {
  const accounts = await inGarden(garden.marie, (tx) => openItems(tx, null));
  const { rows } = await balances(garden.marie, today, asked);
  for (const row of rows) expect(row.late).toBe(aged(accounts.get(row.id)!.open, today).late);
});

test('by age: from what matching leaves open, three queries, oldest first', async () => {
  const ask = { ...asked, sort: 'depuis', direction: 'asc' as const };
  const { result, queries } = await countingQueries(() => agedBalances(garden.marie, today, ask));
  expect(queries).toHaveLength(3);
  expect(result.rows).toMatchObject([
    { id: late, three: 7_500, coming: 5_000, owed: 12_500, since: '2025-08-01' },
    { id: mixed, month: 4_000, coming: 500, owed: 4_500, since: '2025-10-01' },
  ]);
  expect(result.owed).toBe(17_000);
  expect(result.sums).toMatchObject({
    three: { cents: 7_500, customers: 1 },
    coming: { cents: 5_500, customers: 2 },
    older: { cents: 0, customers: 0 },
  });
  expect((await agedBalances(garden.marie, today, { ...ask, filters: { age: 'month' } })).rows.map(({ id }) => id)).toEqual([mixed]);
  expect((await agedBalances(garden.marie, today, { ...ask, search: 'lamy' })).rows.map(({ id }) => id)).toEqual([late]);
});

test('above the limit baskets are held back; a debit under way, a day granted or a payment lets them go', async () => {
  const held = (limit: number | null) => inGarden(garden.marie, (tx) => heldCustomers(tx, today, limit));
  expect(await held(null)).toEqual([]);
  expect(await held(4_000)).toEqual([late]);
  expect(await held(3_999)).toEqual([late, mixed]);
  await garden.owner.query('update customer set debt_allowed_until = $1 where id = $2', [today, mixed]);
  expect(await held(3_999)).toEqual([late]);
  await garden.owner.query("update customer set debt_allowed_until = '2025-10-21' where id = $1", [mixed]);
  expect(await held(3_999)).toEqual([late, mixed]);
  const account = await sow(garden, 'bank_account', { name: 'Banque', iban: 'FR7630006000011234567890189' });
  const mandate = await sow(garden, 'mandate', {
    customer_id: mixed,
    reference: 'R1',
    iban: 'FR7630006000011234567890189',
    signed_on: '2025-01-01',
  });
  const batch = await sow(garden, 'debit_batch', { bank_account_id: account, name: 'Novembre', due_on: '2025-11-05' });
  const line = { batch_id: batch, customer_id: mixed, mandate_id: mandate, amount_cents: 4_000, end_to_end: 'E1', sequence: 'RCUR' };
  const before = await moneyGlance(garden.marie, today);
  await sow(garden, 'debit_line', line);
  expect(await held(3_999)).toEqual([late]);
  expect((await balances(garden.marie, today, { ...asked, search: 'martin' })).rows[0]).toMatchObject({
    late: 4_000 - 4_000,
    coming: 4_000,
  });
  // By age it is told as what it is, with what is on its way beside it; the forecast expects it in the month of its day.
  const byAge = { search: '', sort: 'nom', direction: 'asc', page: 1, perPage: 50, filters: {} } as const;
  expect((await agedBalances(garden.marie, today, byAge)).rows.find(({ id }) => id === mixed)).toMatchObject({
    late: 4_000,
    onTheWay: 4_000,
  });
  const months = async () => (await cashForecast(garden.marie, today, 2)).months.map(({ billed }) => billed);
  const [october, november] = await months();
  await garden.owner.query("update debit_line set state = 'removed'");
  expect(await months()).toEqual([october, november! - 4_000]);
  await garden.owner.query("update debit_line set state = 'pending'");
  const since = await moneyGlance(garden.marie, today);
  expect(since).toMatchObject({ owed: before!.owed, late: before!.late - 4_000, lateCustomers: before!.lateCustomers - 1 });
  await garden.owner.query("update debit_line set state = 'removed'");
  expect(await held(3_999)).toEqual([late, mixed]);
  const debit = await garden.paid(mixed!, 4_000, '2025-10-25', { state: 'scheduled' });
  expect(await held(3_999)).toEqual([late]);
  await inGarden(garden.marie, (tx) => rejectPayment(tx, debit, { day: today, reason: 'Provision insuffisante' }));
  expect(await held(3_999)).toEqual([late, mixed]);
});

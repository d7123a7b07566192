import { afterAll, beforeAll, expect, test } from 'vitest';
import { rejectPayment } from '../../src/domains/payments/index.server.ts';
import { decideRejected, moneyGlance, rejectedPayments } from '../../src/domains/receivables/index.server.ts';
import { AccessDenied } from '../../src/platform/access/actor.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { countingQueries } from '../queries.ts';
import { type OwingGarden, owingGarden, today } from './receivables.garden.ts';

const { ownerUrl } = useDatabase();
let garden: OwingGarden;
let [claire, nadia]: number[] = [];
let [hers, other]: number[] = [];

beforeAll(async () => {
  garden = await owingGarden(ownerUrl());
  claire = await garden.customer('Martin');
  nadia = await garden.customer('Noël');
  for (const [who, day] of [
    [claire!, '2025-10-06'],
    [nadia!, '2025-10-07'],
  ] as const) {
    await garden.invoice(who, 5000, '2025-10-05');
    const payment = await garden.paid(who, 5000, '2025-10-06');
    await inGarden(garden.marie, (tx) => rejectPayment(tx, payment, { day, reason: 'Provision insuffisante' }));
    if (who === claire) hers = payment;
    else other = payment;
  }
});
afterAll(() => garden?.owner.end());

const states = async (day = today) => Object.fromEntries((await rejectedPayments(garden.marie, day)).map(({ id, state }) => [id, state]));
const wish = { paiement: 0, decision: 'again' as const, jusquau: null, note: '', version: 0 };

test('what the bank refused is to be decided, latest first, with what is owed now; one query', async () => {
  const { result, queries } = await countingQueries(() => rejectedPayments(garden.marie, today));
  expect(queries).toHaveLength(1);
  expect(result.map(({ id }) => id)).toEqual([other, hers]);
  expect(result[1]).toMatchObject({
    ...{ lastName: 'Martin', amount: 5000, balance: 5000, late: 5000, rejectedOn: '2025-10-06', reason: 'Provision insuffisante' },
    ...{ method: 'Virement', decision: null, version: 0, state: 'open' },
  });
});

test('decided once, changed at its version; a delay that is over is to be decided again', async () => {
  expect(await decideRejected(garden.marie, { ...wish, paiement: hers!, decision: 'wait' })).toMatchObject({
    fields: { jusquau: expect.any(String) },
  });
  const delay = { ...wish, paiement: hers!, decision: 'wait' as const, jusquau: '2025-11-05', note: 'Paie début novembre' };
  expect(await decideRejected(garden.marie, delay)).toEqual({ ok: true, value: null });
  expect(await decideRejected(garden.marie, delay)).toEqual({ ok: true, value: null });
  expect(await states()).toEqual({ [hers!]: 'decided', [other!]: 'open' });
  expect(await states('2025-11-06')).toMatchObject({ [hers!]: 'open' });
  expect(await decideRejected(garden.paul, { ...wish, paiement: hers! })).toMatchObject({
    ok: false,
    reason: expect.stringContaining('Quelqu’un d’autre'),
  });
  expect(await decideRejected(garden.paul, { ...wish, paiement: hers!, version: 1 })).toEqual({ ok: true, value: null });
  expect((await rejectedPayments(garden.marie, today)).find(({ id }) => id === hers)).toMatchObject({
    decision: 'again',
    until: null,
    version: 2,
  });
});

test('the first page tells it in a few figures, in one query', async () => {
  const { result, queries } = await countingQueries(() => moneyGlance(garden.marie, today));
  expect(queries).toHaveLength(1);
  expect(result).toEqual({ owed: 10_000, late: 10_000, lateCustomers: 2, rejected: 1 });
});

test('paid otherwise since, it settles itself', async () => {
  await garden.paid(nadia!, 5000);
  expect(await states()).toMatchObject({ [other!]: 'settled' });
});

test('of something that was not refused, or without the right: no', async () => {
  const paid = await garden.paid(claire!, 100);
  expect(await decideRejected(garden.marie, { ...wish, paiement: paid })).toMatchObject({ ok: false });
  expect(() => decideRejected(garden.with('billing:change'), wish)).toThrow(AccessDenied);
});

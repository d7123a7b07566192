import { afterAll, beforeAll } from 'vitest';
import { accountBalances, customerBalances } from '../../src/domains/ledger/index.server.ts';
import { addPayment, methods } from '../../src/domains/payments/index.server.ts';
import type { Outcome } from '../../src/kernel/outcome.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { plantGarden, sow, type TestGarden } from './customers.garden.ts';

/** A garden that takes money: its ways of paying by kind, Claire and Paul. Filled before the tests of a file. */
export const today = '2025-11-20';
export let garden: TestGarden;
export const method: Record<string, number> = {};
export let claire: number;
export let paul: number;
let keys = 0;

export function usePayments(ownerUrl: () => string): void {
  beforeAll(async () => {
    garden = await plantGarden(ownerUrl());
    await garden.owner.query(`select install_ledger(${garden.gardenId}), install_payments(${garden.gardenId})`);
    for (const { kind, id } of await inGarden(garden.marie, (tx) => methods(tx))) method[kind] = id;
    claire = await sow(garden, 'customer', { number: '1023', last_name: 'Martin', first_name: 'Claire' });
    paul = await sow(garden, 'customer', { number: '1024', last_name: 'Durand', first_name: 'Paul', payment_method: 'cash' });
  });
  afterAll(() => garden?.owner.end());
}

export const key = (): string => `key-0000-${++keys}`;
export function right<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.reason} ${JSON.stringify(outcome.fields)}`);
  return outcome.value;
}
/** A cheque of Claire's, unless it is told otherwise; the payment's id. */
export const pay = async (amount: number, more: Record<string, unknown> = {}): Promise<number> => {
  const given = { key: key(), method: method.cheque!, amount, day: '2025-11-10', state: 'paid' as const };
  return right(await addPayment(garden.marie, claire, { ...given, reference: '', bank: '', document: null, note: '', ...more }, today)).id;
};
export const account = async (number: string): Promise<number> =>
  (await inGarden(garden.marie, (tx) => accountBalances(tx))).find((one) => one.number === number)?.balance ?? 0;
export const balance = async (customer: number): Promise<number> =>
  (await inGarden(garden.marie, (tx) => customerBalances(tx))).find((one) => one.customer === customer)?.balance ?? 0;

import { issue } from '../../src/domains/billing/index.server.ts';
import { methods, recordPayments } from '../../src/domains/payments/index.server.ts';
import type { Tx } from '../../src/platform/db/index.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { plantGarden, sow, sowLogistics } from './customers.garden.ts';

/** A garden with its chart, two customers, baskets delivered at two depots, and a few months of invoices and payments. */
export async function plantAccounts(ownerUrl: string) {
  const garden = await plantGarden(ownerUrl);
  await garden.owner.query(
    `select install_ledger(${garden.gardenId}), install_billing(${garden.gardenId}), install_payments(${garden.gardenId}), install_receivables(${garden.gardenId})`,
  );
  const places = await sowLogistics(garden);
  const claire = await sow(garden, 'customer', { number: '1', last_name: 'Martin', first_name: 'Claire' });
  const lukasz = await sow(garden, 'customer', { number: '2', last_name: 'Łukasz | Œuvre', first_name: 'Śp' });
  const subscription = await sow(garden, 'subscription', {
    ...{ customer_id: claire, product_id: places.simple, slot_id: places.stationSlot, frequency: 'weekly', quantity: 1, price_cents: 1380 },
    ...{ starts_on: '2025-01-01', ends_on: '2025-12-31' },
  });
  // Two baskets at the station, one at the school.
  for (const [week, slot, tour, date] of [
    [40, places.stationSlot, places.wednesday, '2025-10-01'],
    [41, places.stationSlot, places.wednesday, '2025-10-08'],
    [42, places.schoolSlot, places.thursday, '2025-10-16'],
  ] as const) {
    const delivery = await sow(garden, 'delivery', { tour_id: tour, year: 2025, week, usual_date: date, date });
    await sow(garden, 'basket', {
      ...{ subscription_id: subscription, delivery_id: delivery, slot_id: slot, product_id: places.simple, quantity: 1, price_cents: 1380 },
    });
  }
  const work = <T>(does: (tx: Tx) => Promise<T>) => inGarden(garden.marie, does);
  return { garden, work, claire, lukasz, subscription, simple: places.simple };
}

export type Accounts = Awaited<ReturnType<typeof plantAccounts>>;

/** An invoice of baskets (VAT 5,5 %) and, when asked, its payment by cheque. @returns the payment's id, or null. */
export async function bill(
  accounts: Accounts,
  day: string,
  cents: number,
  { customer = accounts.claire, paid = '', baskets = false } = {},
) {
  const { garden, work, subscription, simple } = accounts;
  return work(async (tx) => {
    await issue(tx, garden.gardenId, [
      {
        ...{ customer, day, dueOn: day, title: 'Paniers' },
        lines: [
          {
            ...{
              kind: 'basket' as const,
              label: 'Panier simple',
              quantity: 1000,
              unitPrice: cents,
              vatBasisPoints: 550,
              vatIncluded: true,
            },
            ...{ account: '701000', activity: 'MAR', product: simple },
            ...(baskets && { subscription, from: '2025-10-01', until: '2025-10-31' }),
          },
        ],
      },
    ]);
    if (!paid) return null;
    const cheque = (await methods(tx)).find(({ kind }) => kind === 'cheque')!;
    const made = await recordPayments(tx, garden.gardenId, [
      { customer, method: cheque.id, amount: cents, day: paid, source: `essai:${customer}:${day}:${paid}:${cents}` },
    ]);
    if (!made.ok) throw new Error(made.reason);
    return made.value.ids[0]!;
  });
}

export const orThrow = <T>(answer: { ok: true; value: T } | { ok: false; reason: string }): T => {
  if (!answer.ok) throw new Error(answer.reason);
  return answer.value;
};
export const sum = (some: readonly number[]): number => some.reduce((total, one) => total + one, 0);

/** An autumn: two invoices paid, one of baskets, and one that is owed. */
export async function billAutumn(accounts: Accounts): Promise<void> {
  await bill(accounts, '2025-10-31', 4140, { paid: '2025-11-05', baskets: true });
  await bill(accounts, '2025-11-30', 2760, { paid: '2025-12-04' });
  await bill(accounts, '2025-11-30', 2370, { customer: accounts.lukasz });
}

/** A line and an entry as the form of an accountant sends them. */
export const line = (place: number, account: string, debit: number, credit: number, more = {}) => ({
  ...{ place, account, label: '', debit, credit, customer: '', activity: '', ...more },
});
export const fee = (key: string, day = '2025-12-10') => ({
  ...{ key, journal: 'OD' as const, day, label: 'Frais de tenue de compte', document: 'Relevé 12' },
  lines: [line(1, '627000', 850, 0), line(2, '512000', 0, 850)],
});

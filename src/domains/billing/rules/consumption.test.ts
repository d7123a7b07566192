import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { consumptionEntry, toConsume } from './consumption.ts';
import { lineAmounts } from './draft.ts';
import type { BilledProduct } from './lines.ts';

const product = (name: string, account: string): BilledProduct => ({ name, basket: true, vatBasisPoints: 550, account, activity: 'MAR' });
const products = new Map([
  [1, product('Simple', '701000')],
  [2, product('Fruité', '707000')],
]);
const basket = (week: number, more = {}) => ({
  date: `2025-10-${String(week).padStart(2, '0')}`,
  product: 1,
  price: 1380,
  quantity: 1,
  ...more,
});
const net = (quantity: number, unitPrice = 1380) =>
  lineAmounts({ quantity: quantity * 1000, unitPrice, vatBasisPoints: 550, vatIncluded: true }).net;
const standing = { subscription: 7, usual: 1, received: [basket(1), basket(8)], settled: false, billed: net(4), consumed: 0 };

describe('advances become sales', () => {
  test('as what they paid is received, net of VAT, to the account of each product', () => {
    expect(toConsume(standing, products, true)).toEqual([{ account: '701000', activity: 'MAR', net: net(2) }]);
    expect(toConsume({ ...standing, consumed: net(2) }, products, true)).toEqual([]);
    expect(toConsume(standing, products, false)).toEqual([{ account: '701000', activity: 'MAR', net: 2760 }]);
    const mixed = toConsume({ ...standing, received: [basket(1), basket(8, { product: 2, price: 2760 })] }, products, true);
    expect(mixed.map(({ account }) => account)).toEqual(['701000', '707000']);
    expect(mixed.reduce((sum, one) => sum + one.net, 0)).toBe(Math.min(net(4), net(1) + net(1, 2760)));
  });

  test('no more than was billed ahead; all of it once everything is settled; back, when it was not received after all', () => {
    expect(toConsume({ ...standing, billed: 1000 }, products, true)).toEqual([{ account: '701000', activity: 'MAR', net: 1000 }]);
    expect(toConsume({ ...standing, settled: true, billed: net(2) + 1 }, products, true)[0]!.net).toBe(net(2) + 1);
    expect(toConsume({ ...standing, received: [], consumed: 500 }, products, true)).toEqual([
      { account: '701000', activity: 'MAR', net: -500 },
    ]);
  });

  test('the entry balances, is said once a month, and is none when nothing moves', () => {
    const entry = consumptionEntry(
      7,
      'Martin Claire',
      toConsume(standing, products, true),
      { month: '2025-10', day: '2025-10-31' },
      new Map([['MAR', 3]]),
    )!;
    expect(entry).toMatchObject({ day: '2025-10-31', source: 'consumption:7:2025-10' });
    expect(entry.lines).toEqual([
      { account: '419100', amount: net(2) },
      { account: '701000', amount: -net(2), activity: 3 },
    ]);
    expect(consumptionEntry(7, 'x', [], { month: '2025-10', day: '2025-10-31' }, new Map())).toBeNull();
  });

  test('month after month, whatever was received and billed when, all of the advances end as sales', () => {
    const month = fc.record({ received: fc.integer({ min: 0, max: 5 }), billed: fc.integer({ min: -2000, max: 9000 }) });
    fc.assert(
      fc.property(fc.array(month, { maxLength: 12 }), (months) => {
        let [received, billed, consumed] = [0, 0, 0];
        for (const [index, one] of [...months, { received: 1, billed: 0 }].entries()) {
          received += one.received;
          billed += one.billed;
          const settled = index === months.length;
          const state = { ...standing, received: received > 0 ? [basket(1, { quantity: received })] : [], billed, consumed, settled };
          const moved = toConsume(state, products, true).reduce((sum, { net }) => sum + net, 0);
          consumed += moved;
          if (!settled) expect(consumed).toBe(Math.min(net(received), billed));
        }
        expect(consumed).toBe(billed);
      }),
    );
  });
});

import { expect, test } from 'vitest';
import { schedule, type Terms } from './schedule.ts';

const weekly = ['2025-11-05', '2025-11-12', '2025-11-26', '2025-12-03', '2026-01-07'].map((date) => ({ date, quantity: 2 }));
const sold = { baskets: weekly, priceCents: 1380, depositCents: 2000, feeCents: 500 };
const pay = (terms: Partial<Terms>) => schedule(sold, { mode: 'arrears', count: null, rhythm: 'month', ...terms });
const total = 10 * 1380;
const sum = (terms: Partial<Terms>) => pay(terms).reduce((all, one) => all + one.cents, 0);

test('what was delivered is paid with each delivery, month, quarter, or in the end', () => {
  expect(pay({ rhythm: 'delivery' })).toHaveLength(5);
  expect(pay({ rhythm: 'month' }).map((one) => [one.dueOn, one.baskets, one.cents])).toEqual([
    ['2025-11-26', 6, 8280],
    ['2025-12-03', 2, 2760],
    ['2026-01-07', 2, 2760],
  ]);
  expect(pay({ rhythm: 'quarter' }).map((one) => one.baskets)).toEqual([8, 2]);
  expect(pay({ rhythm: 'once' })).toEqual([{ dueOn: '2026-01-07', baskets: 10, cents: total, depositCents: 2000, feeCents: 500 }]);
});

test('ahead: by so many baskets, a delivery astride being shared; or with the first delivery of each month', () => {
  expect(pay({ mode: 'prepaid', count: 3 }).map((one) => [one.dueOn, one.baskets])).toEqual([
    ['2025-11-05', 3],
    ['2025-11-12', 3],
    ['2025-12-03', 3],
    ['2026-01-07', 1],
  ]);
  expect(pay({ mode: 'prepaid' }).map((one) => one.dueOn)).toEqual(['2025-11-05', '2025-12-03', '2026-01-07']);
  expect(pay({ mode: 'pack', count: 10 }).map((one) => [one.dueOn, one.cents])).toEqual([['2025-11-05', total]]);
});

test('equal parts add up to the cent, in as many months as the period has unless their number is said', () => {
  expect(pay({ mode: 'instalments' }).map((one) => [one.dueOn, one.cents])).toEqual([
    ['2025-11-05', 4600],
    ['2025-12-01', 4600],
    ['2026-01-01', 4600],
  ]);
  expect(pay({ mode: 'instalments', count: 7 }).map((one) => one.cents)).toEqual([1972, 1972, 1972, 1971, 1971, 1971, 1971]);
  expect(pay({ mode: 'instalments', rhythm: 'quarter' }).map((one) => one.dueOn)).toEqual(['2025-11-05']);
});

test('whatever the way, the baskets are paid once, and deposit and fee come with the first payment alone', () => {
  for (const mode of ['arrears', 'instalments', 'prepaid', 'pack'] as const)
    for (const rhythm of ['delivery', 'month', 'quarter', 'once'] as const)
      for (const count of [null, 1, 3, 7]) {
        expect(sum({ mode, rhythm, count })).toBe(total);
        expect(pay({ mode, rhythm, count }).map((one) => one.depositCents + one.feeCents)).toEqual([
          2500,
          ...Array(pay({ mode, rhythm, count }).length - 1).fill(0),
        ]);
      }
  expect(schedule({ ...sold, baskets: [] }, { mode: 'arrears', count: null, rhythm: 'month' })).toEqual([]);
});

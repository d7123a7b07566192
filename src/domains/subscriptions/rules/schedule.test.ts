import { expect, test } from 'vitest';
import { billingRhythms } from '#domains/plans/rules/rhythm.ts';
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

test('ahead: so many baskets more on the first of each month, or those of the month; packs, a delivery astride being shared', () => {
  // Three ahead on the first of each month: in December six were received and three come, of which three are paid already.
  expect(pay({ mode: 'prepaid', count: 3 }).map((one) => [one.dueOn, one.baskets])).toEqual([
    ['2025-11-05', 3],
    ['2025-12-01', 6],
    ['2026-01-01', 1],
  ]);
  expect(pay({ mode: 'prepaid' }).map((one) => [one.dueOn, one.baskets])).toEqual([
    ['2025-11-05', 6],
    ['2025-12-01', 2],
    ['2026-01-01', 2],
  ]);
  expect(pay({ mode: 'pack', count: 10 }).map((one) => [one.dueOn, one.cents])).toEqual([['2025-11-05', total]]);
  expect(pay({ mode: 'pack', count: 4 }).map((one) => [one.dueOn, one.baskets])).toEqual([
    ['2025-11-05', 4],
    ['2025-11-26', 4],
    ['2026-01-07', 2],
  ]);
  // Asked for from the day the subscription begins.
  expect(schedule({ ...sold, startsOn: '2025-10-20' }, { mode: 'pack', count: null, rhythm: 'once' })[0]!.dueOn).toBe('2025-10-20');
});

test('equal parts add up to the cent, in as many months as the period has unless their number is said', () => {
  expect(pay({ mode: 'instalments' }).map((one) => [one.dueOn, one.cents])).toEqual([
    ['2025-11-05', 4600],
    ['2025-12-01', 4600],
    ['2026-01-01', 4600],
  ]);
  expect(pay({ mode: 'instalments', count: 2 }).map((one) => one.cents)).toEqual([6900, 6900]);
  // The last part is due before the last delivery, when what is left is settled.
  expect(pay({ mode: 'instalments', count: 7 })).toHaveLength(3);
  expect(pay({ mode: 'instalments', rhythm: 'quarter' }).map((one) => one.dueOn)).toEqual(['2025-11-05']);
});

test('whatever the way, the baskets are paid once, and deposit and fee come with the first payment alone', () => {
  for (const mode of ['arrears', 'instalments', 'prepaid', 'pack'] as const)
    for (const rhythm of billingRhythms)
      for (const count of [null, 1, 3, 7]) {
        expect(sum({ mode, rhythm, count })).toBe(total);
        expect(pay({ mode, rhythm, count }).map((one) => one.depositCents + one.feeCents)).toEqual([
          2500,
          ...Array(pay({ mode, rhythm, count }).length - 1).fill(0),
        ]);
      }
  expect(schedule({ ...sold, baskets: [] }, { mode: 'arrears', count: null, rhythm: 'month' })).toEqual([]);
});

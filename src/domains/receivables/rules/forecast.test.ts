import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '#kernel/day.ts';
import { forecast, monthsFrom } from './forecast.ts';

const today = '2025-11-22';

test('months, from today on', () => {
  expect(monthsFrom(today, 3)).toEqual([
    { from: '2025-11-22', until: '2025-11-30' },
    { from: '2025-12-01', until: '2025-12-31' },
    { from: '2026-01-01', until: '2026-01-31' },
  ]);
  expect(monthsFrom('2026-01-31', 2)[1]).toEqual({ from: '2026-02-01', until: '2026-02-28' });
});

test('what is late apart, what is due in its month, what is to bill as it grows, and money in hand first', () => {
  const months = monthsFrom(today, 3);
  const customers = [
    {
      debit: true,
      open: [
        { left: 5000, dueOn: '2025-10-01' },
        { left: 2000, dueOn: '2025-12-05' },
      ],
      toBill: [1000, 4000, 7000],
      onTheWay: [],
    },
    { debit: false, open: [{ left: -2500, dueOn: '2025-09-01' }], toBill: [1000, 2000, 3000], onTheWay: [] },
  ];
  const found = forecast(customers, months);
  expect(found.late).toBe(5000);
  expect(found.months.map(({ billed, toBill, expected, debit }) => [billed, toBill, expected, debit])).toEqual([
    [0, 2000, 1000, 1000],
    [2000, 4000, 5000, 5000],
    [0, 4000, 3500, 3000],
  ]);
});

test('what is late and on its way is expected in the month of its day, the rest of it stays apart', () => {
  const open = [
    { left: 3000, dueOn: '2025-10-01' },
    { left: 2000, dueOn: '2025-11-15' },
    { left: 700, dueOn: '2025-12-05' },
  ];
  const found = (onTheWay: { cents: number; on: string }[]) => {
    const { late, months } = forecast([{ debit: true, open, toBill: [0, 0], onTheWay }], monthsFrom(today, 2));
    return [late, ...months.map(({ expected }) => expected)];
  };
  expect(found([])).toEqual([3000 + 2000, 0, 700]);
  expect(found([{ cents: 3500, on: '2025-12-01' }])).toEqual([5000 - 3500, 0, 700 + 3500]);
  expect(
    found([
      { cents: 1000, on: '2025-11-20' },
      { cents: 4700, on: '2025-12-08' },
    ]),
  ).toEqual([0, 1000, 4000 + 700]);
  // Beyond what is told, it is neither late nor in a month.
  expect(found([{ cents: 5000, on: '2026-01-05' }])).toEqual([0, 0, 700]);
});

test('over all months: all that is billed and to bill, less what is in hand; never below zero in a month', () => {
  const months = monthsFrom(today, 4);
  const item = fc.record({
    left: fc.integer({ min: -500, max: 900 }),
    dueOn: fc.integer({ min: -60, max: 90 }).map((d) => addDays(today, d)),
  });
  const customer = fc.record({
    debit: fc.boolean(),
    open: fc.array(item, { maxLength: 5 }),
    toBill: fc.array(fc.integer({ min: -300, max: 900 }), { minLength: 4, maxLength: 4 }),
    onTheWay: fc.array(
      fc.record({ cents: fc.integer({ min: 1, max: 900 }), on: fc.integer({ min: -9, max: 60 }).map((d) => addDays(today, d)) }),
      { maxLength: 3 },
    ),
  });
  fc.assert(
    fc.property(customer, (one) => {
      const { months: found, late } = forecast([one], months);
      const owed = one.open.reduce((total, { left, dueOn }) => (left > 0 && dueOn <= months[3]!.until ? total + left : total), 0);
      expect(found.reduce((total, { billed }) => total + billed, late)).toBe(owed);
      const sum = (what: 'billed' | 'toBill' | 'expected') => found.reduce((total, month) => total + month[what], 0);
      const inHand = one.open.reduce((total, { left }) => (left < 0 ? total - left : total), 0);
      expect(sum('toBill')).toBe(one.toBill[3]);
      expect(found.every(({ expected }) => expected >= 0)).toBe(true);
      expect(sum('expected')).toBeGreaterThanOrEqual(sum('billed') + sum('toBill') - inHand);
      if (one.toBill.every((cents, at) => cents >= (one.toBill[at - 1] ?? 0)))
        expect(sum('expected')).toBe(Math.max(0, sum('billed') + sum('toBill') - inHand));
    }),
  );
});

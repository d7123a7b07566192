import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, weekdayOf } from '#kernel/day.ts';
import { addBankDays, bankDayFrom, easter, isBankDay } from './bank-days.ts';

test.each([['2024-03-31'], ['2025-04-20'], ['2026-04-05'], ['2027-03-28'], ['2038-04-25']])('Easter falls on %s', (day) => {
  expect(easter(Number(day.slice(0, 4)))).toBe(day);
});

test('banks are closed on week-ends and on the six days of TARGET, open on French holidays', () => {
  for (const closed of ['2025-10-25', '2025-10-26', '2026-01-01', '2026-04-03', '2026-04-06', '2026-05-01', '2025-12-25', '2025-12-26'])
    expect(isBankDay(closed), closed).toBe(false);
  for (const open of ['2025-07-14', '2025-08-15', '2025-11-11', '2026-05-14', '2025-12-24', '2026-04-07'])
    expect(isBankDay(open), open).toBe(true);
});

test('Christmas 2025: from Thursday 25 to Monday 29', () => {
  expect(bankDayFrom('2025-12-25')).toBe('2025-12-29');
  expect(addBankDays('2025-12-24', 1)).toBe('2025-12-29');
  expect(addBankDays('2025-12-24', 0)).toBe('2025-12-24');
});

test('every Easter is a Sunday between 22 March and 25 April; the next bank day is never more than five days away', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1990, max: 2199 }), fc.integer({ min: 0, max: 364 }), (year, days) => {
      const sunday = easter(year);
      expect(weekdayOf(sunday)).toBe(7);
      expect(sunday >= `${year}-03-22` && sunday <= `${year}-04-25`).toBe(true);
      const day = addDays(`${year}-01-01`, days);
      const found = bankDayFrom(day);
      expect(found <= addDays(day, 5) && isBankDay(found)).toBe(true);
    }),
  );
});

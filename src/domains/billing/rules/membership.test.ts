import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '#kernel/day.ts';
import { type MembershipTerms, membershipOn, quartersOf, yearOf } from './membership.ts';

const whole: MembershipTerms = { amountCents: 2000, period: 'fixed_year', yearStarts: '01-01', steps: [] };

describe('a fixed year', () => {
  test('costs its whole price whenever one joins', () => {
    expect(membershipOn(whole, '2026-10-02')).toEqual({ startsOn: '2026-01-01', endsOn: '2026-12-31', amountCents: 2000 });
  });

  test('costs less from a day of the year on', () => {
    const pivot = { ...whole, steps: [{ from: '07-01', amountCents: 1000 }] };
    expect(membershipOn(pivot, '2026-06-30').amountCents).toBe(2000);
    expect(membershipOn(pivot, '2026-07-01').amountCents).toBe(1000);
  });

  test('a pivot is read in the order of its own year, not of the calendar', () => {
    const autumn = { ...whole, yearStarts: '09-01', steps: [{ from: '03-01', amountCents: 1000 }] };
    expect(membershipOn(autumn, '2026-10-15')).toEqual({ startsOn: '2026-09-01', endsOn: '2027-08-31', amountCents: 2000 });
    expect(membershipOn(autumn, '2027-03-01')).toEqual({ startsOn: '2026-09-01', endsOn: '2027-08-31', amountCents: 1000 });
  });

  test('falls by quarters, whatever the order they were written in', () => {
    const [second, third, fourth] = quartersOf('01-01');
    const steps = [
      { from: fourth, amountCents: 500 },
      { from: second, amountCents: 1500 },
      { from: third, amountCents: 1000 },
    ];
    const paid = ['2026-03-31', '2026-04-01', '2026-09-30', '2026-10-01'].map((day) => membershipOn({ ...whole, steps }, day).amountCents);
    expect(paid).toEqual([2000, 1500, 1000, 500]);
  });
});

test('an anniversary lasts a year from the day one joins, 29 February included', () => {
  const year = { ...whole, period: 'anniversary' as const, steps: [{ from: '07-01', amountCents: 1 }] };
  expect(membershipOn(year, '2026-10-02')).toEqual({ startsOn: '2026-10-02', endsOn: '2027-10-01', amountCents: 2000 });
  expect(membershipOn(year, '2028-02-29')).toEqual({ startsOn: '2028-02-29', endsOn: '2029-02-28', amountCents: 2000 });
});

test('quarters of a year that begins late in a month', () => {
  expect(quartersOf('09-01')).toEqual(['12-01', '03-01', '06-01']);
  expect(quartersOf('08-31')).toEqual(['11-30', '02-28', '05-31']);
});

test('any day stands in one year of membership, which the next one follows without a hole', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 4000 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 28 }),
      (days, month, dayOfMonth) => {
        const day = addDays('2024-01-01', days);
        const starts = `${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`;
        const { startsOn, endsOn } = yearOf(day, starts);
        expect(startsOn <= day && day <= endsOn).toBe(true);
        expect(yearOf(addDays(endsOn, 1), starts).startsOn).toBe(addDays(endsOn, 1));
      },
    ),
  );
});

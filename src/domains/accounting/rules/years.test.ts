import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '#kernel/day.ts';
import { lastDay, monthAfter, monthOf, monthsBetween, ofMonth, parseMonth } from './months.ts';
import { periodAsked, periodsOf } from './periods.ts';
import { type StoredYear, sayYear, whyNotYear, yearAt, yearNamed, yearsBetween } from './years.ts';

const stored = (startsOn: string, endsOn: string, closed = false): StoredYear => ({ id: 1, startsOn, endsOn, closed });

test('months follow each other, February included', () => {
  expect(monthAfter('2025-12', 1)).toBe('2026-01');
  expect(monthAfter('2026-01', -13)).toBe('2024-12');
  expect(lastDay('2024-02')).toBe('2024-02-29');
  expect(monthsBetween('2025-11', '2026-02')).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
  expect(monthsBetween('2026-02', '2025-11')).toEqual([]);
  expect([parseMonth('2026-13'), parseMonth('2026-1'), parseMonth(' 2026-01 ')]).toEqual([null, null, '2026-01']);
  expect([ofMonth('2026-08'), ofMonth('2026-03')]).toEqual(['d’août 2026', 'de mars 2026']);
});

test('a garden that wrote nothing has calendar years; what it wrote holds, and years of twelve months follow', () => {
  expect(yearAt('2026-05-03', [])).toMatchObject({ startsOn: '2026-01-01', endsOn: '2026-12-31', id: null });
  const school = [stored('2025-09-01', '2026-08-31')];
  expect(yearAt('2026-05-03', school)).toMatchObject({ id: 1 });
  expect(yearAt('2027-05-03', school)).toMatchObject({ startsOn: '2026-09-01', endsOn: '2027-08-31' });
  expect(yearAt('2024-10-03', school)).toMatchObject({ startsOn: '2024-09-01', endsOn: '2025-08-31' });
  expect(yearNamed(2026, school)).toMatchObject({ id: 1 });
  expect(yearNamed(2026, [])).toMatchObject({ startsOn: '2026-01-01' });
  expect([sayYear(school[0]!), sayYear(yearAt('2026-05-03', []))]).toEqual(['du 01/09/2025 au 31/08/2026', '2026']);
});

test('years that are derived never overlap what was written, and leave no day out', () => {
  const month = fc.integer({ min: 2020 * 12, max: 2030 * 12 }).map((whole) => monthAfter('0000-01', whole));
  fc.assert(
    fc.property(month, fc.integer({ min: 1, max: 24 }), month, fc.integer({ min: 1, max: 24 }), (first, long, second, short) => {
      const one = stored(`${first}-01`, lastDay(monthAfter(first, long - 1)));
      const two = stored(`${second}-01`, lastDay(monthAfter(second, short - 1)));
      if (whyNotYear(two, [one])) return;
      const years = yearsBetween('2019-03-05', '2033-02-01', [one, two]);
      for (const [at, year] of years.slice(1).entries()) expect(year.startsOn).toBe(addDays(years[at]!.endsOn, 1));
      for (const year of years) expect(year.endsOn).toBe(lastDay(monthOf(year.endsOn)));
    }),
    { numRuns: 60 },
  );
});

test('why a year cannot be', () => {
  expect(whyNotYear({ startsOn: '2026-01-02', endsOn: '2026-12-31' }, [])?.field).toBe('startsOn');
  expect(whyNotYear({ startsOn: '2026-01-01', endsOn: '2026-12-30' }, [])?.field).toBe('endsOn');
  expect(whyNotYear({ startsOn: '2026-01-01', endsOn: '2025-12-31' }, [])?.why).toContain('après');
  expect(whyNotYear({ startsOn: '2026-01-01', endsOn: '2028-01-31' }, [])?.why).toContain('24 mois');
  expect(whyNotYear({ startsOn: '2026-01-01', endsOn: '2026-12-31' }, [stored('2025-09-01', '2026-08-31')])?.why).toContain('31/08/2026');
  expect(whyNotYear({ startsOn: '2026-01-01', endsOn: '2027-12-31' }, [])).toBeNull();
});

test('a page is about a year, or a month of one', () => {
  const years = yearsBetween('2025-11-03', '2026-02-10', []);
  expect(periodsOf(years, '2026-02-10').map(({ value }) => value)).toEqual([
    ...['exercice-2026-12-31', '2026-02', '2026-01', 'exercice-2025-12-31'],
    ...monthsBetween('2025-01', '2025-12').reverse(),
  ]);
  const asked = (value: string | null) => periodAsked(value, years, years.at(-1)!);
  expect(asked('2025-11')).toMatchObject({ from: '2025-11-01', until: '2025-11-30', yearStart: '2025-01-01', label: 'novembre 2025' });
  expect(asked('exercice-2025-12-31')).toMatchObject({ from: '2025-01-01', label: 'Exercice 2025' });
  for (const other of [null, 'x', '2031-02']) expect(asked(other)).toMatchObject({ from: '2026-01-01' });
});

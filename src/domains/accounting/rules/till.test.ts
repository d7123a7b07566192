import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '#kernel/day.ts';
import { type Before, canonical, closingsOf, type Movement } from './till.ts';

const nothing: Before = { until: null, perpetual: 0, months: null, years: null, days: [] };
const received = (day: string, amount: number, method = 'Chèque'): Movement => ({
  day,
  amount,
  method,
  kind: amount < 0 ? 'taken_back' : 'received',
});

test('days, then their month, then their year; the perpetual total never goes back to zero', () => {
  const made = closingsOf(
    [received('2025-12-03', 1000), received('2025-12-03', 500, 'Espèces'), received('2025-12-30', -1000), received('2026-01-02', 700)],
    [{ day: '2025-12-03', vatBasisPoints: 550, net: 948, vat: 52, gross: 1000 }],
    nothing,
    '2026-01-15',
    { BQ: 4 },
    [],
  );
  expect(made.map(({ kind, until, total, perpetual, payments }) => [kind, until, total, perpetual, payments])).toEqual([
    ['day', '2025-12-03', 1500, 1500, 2],
    ['day', '2025-12-30', -1000, 500, 1],
    ['month', '2025-12-31', 500, 500, 3],
    ['year', '2025-12-31', 500, 500, 3],
    ['day', '2026-01-02', 700, 1200, 1],
  ]);
  expect(made[2]!.totals.methods).toEqual([
    { method: 'Chèque', received: 1000, givenBack: 0, takenBack: 1000, payments: 2 },
    { method: 'Espèces', received: 500, givenBack: 0, takenBack: 0, payments: 1 },
  ]);
  expect(made[3]!.totals.rates).toEqual([{ vatBasisPoints: 550, net: 948, vat: 52, gross: 1000 }]);
  expect(made[4]!.from).toBe('2025-12-31');
});

test('what is written late goes with the first day closed next', () => {
  const before: Before = { ...nothing, until: '2025-12-30', perpetual: 500, months: null };
  const [late, month] = closingsOf([received('2025-12-12', 300)], [], before, '2026-01-15', {}, []);
  expect(late).toMatchObject({ kind: 'day', from: '2025-12-31', until: '2025-12-31', total: 300, perpetual: 800, totals: { late: 1 } });
  expect(month).toMatchObject({ kind: 'month', until: '2025-12-31', total: 300 });
});

test('whenever one closes, nothing is lost nor counted twice', () => {
  const day = fc.integer({ min: 0, max: 400 }).map((after) => addDays('2025-06-01', after));
  const movement = fc.record({ day, amount: fc.integer({ min: -5000, max: 5000 }) }).map(({ day: on, amount }) => received(on, amount));
  fc.assert(
    fc.property(fc.array(movement), day, (movements, stop) => {
      const first = closingsOf(
        movements.filter((one) => one.day <= stop),
        [],
        nothing,
        stop,
        {},
        [],
      );
      const days = first.filter(({ kind }) => kind === 'day');
      const last = (kind: string) => first.filter((one) => one.kind === kind).at(-1)?.until ?? null;
      const before: Before = {
        until: last('day'),
        perpetual: days.at(-1)?.perpetual ?? 0,
        months: last('month'),
        years: last('year'),
        days,
      };
      const rest = movements.filter((one) => one.day > stop);
      const second = closingsOf(rest, [], before, '2027-12-31', {}, []);
      const sum = (kind: string) =>
        [...first, ...second].filter((one) => one.kind === kind).reduce((total, { total: own }) => total + own, 0);
      const whole = movements.reduce((total, { amount }) => total + amount, 0);
      expect([sum('day'), sum('month'), sum('year')]).toEqual([whole, whole, whole]);
      expect(second.at(-1)?.perpetual ?? before.perpetual).toBe(whole);
    }),
  );
});

test('the same closing gives the same text, whatever the order of its keys', () => {
  expect(canonical({ b: [1, { d: null, c: 'é' }], a: 'x' })).toBe('{"a":"x","b":[1,{"c":"é","d":null}]}');
  expect(canonical({ a: 'x', b: [1, { c: 'é', d: null }] })).toBe(canonical({ b: [1, { d: null, c: 'é' }], a: 'x' }));
});

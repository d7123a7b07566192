import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Agreement, holdsIn, lastDayOf, monthBefore, nextMonth, sayMonth, toDeduct } from './deduct.ts';
import { ruleOn } from './law.ts';

const real: Agreement = { kind: 'real', flat: 0, most: 6000, startsOn: '2026-10-15', endsOn: null };

test('months', () => {
  expect([lastDayOf('2026-02-01'), nextMonth('2026-12-01'), monthBefore('2026-01-01')]).toEqual(['2026-02-28', '2027-01-01', '2025-12-01']);
  expect(sayMonth('2026-11-01')).toBe('novembre 2026');
});

test('what is owed, up to the ceiling; a flat amount whatever is owed; nothing before nor after', () => {
  expect(toDeduct(real, 5520, '2026-10-01')).toBe(5520);
  expect(toDeduct(real, 7000, '2026-11-01')).toBe(6000);
  expect(toDeduct(real, -300, '2026-11-01')).toBe(0);
  expect(toDeduct(real, 5520, '2026-09-01')).toBe(0);
  expect(toDeduct({ ...real, kind: 'flat', flat: 4000 }, 0, '2026-11-01')).toBe(4000);
  expect(toDeduct({ ...real, endsOn: '2026-10-31' }, 5520, '2026-11-01')).toBe(0);
  expect(holdsIn({ startsOn: '2026-10-31', endsOn: '2026-10-31' }, '2026-10-01')).toBe(true);
});

test('never above the ceiling nor below zero; real amounts never above what is owed, and months add up to it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 500, max: 20_000 }), fc.integer({ min: 0, max: 60_000 }), (most, owed) => {
      let [month, left, taken] = ['2026-11-01', owed, 0];
      for (let at = 0; at < Math.ceil(owed / most) + 1; at++, month = nextMonth(month)) {
        const cents = toDeduct({ ...real, most }, left, month);
        expect(cents).toBeGreaterThanOrEqual(0);
        expect(cents).toBeLessThanOrEqual(Math.min(most, left));
        left -= cents;
        taken += cents;
      }
      expect(taken).toBe(owed);
    }),
  );
});

test('the rule of law is that of the day of the signature', () => {
  expect(ruleOn('2026-11-22').key).toContain('L3251-3');
  expect(() => ruleOn('2000-01-01')).toThrow();
});

import { describe, expect, test } from 'vitest';
import { allows, type LimitedKind, limitReached, readFlexibility, windowAround } from './flexibility.ts';

describe('what is stored', () => {
  test('nothing stored is as open as before there were plans', () => {
    const open = {
      allowed: ['cancel', 'postpone', 'double', 'move', 'gift'],
      cutoffHours: null,
      limits: [],
      remedy: 'none',
      postponeWeeks: null,
    };
    expect(readFlexibility({})).toEqual(open);
    expect(readFlexibility(null)).toEqual(open);
  });

  test('what is said holds, the rest is as usual', () => {
    const rules = readFlexibility({ allowed: ['postpone'], remedy: 'counter', unknown: 1 });
    expect(rules).toMatchObject({ allowed: ['postpone'], remedy: 'counter', cutoffHours: null });
    expect(rules).not.toHaveProperty('unknown');
    expect([allows(rules, 'postpone'), allows(rules, 'cancel')]).toEqual([true, false]);
  });

  test.each([{ remedy: 'gold' }, { allowed: ['fly'] }, { limits: [{ from: '13-01', until: '12-31', kinds: ['cancel'], max: 1 }] }])(
    'another shape is a bug: %j',
    (stored) => expect(() => readFlexibility(stored)).toThrow(),
  );
});

describe('windows of the year', () => {
  test('both ends belong to it', () => {
    const summer = { from: '07-01', until: '08-31' };
    expect(windowAround(summer, '2025-07-01')).toEqual({ from: '2025-07-01', until: '2025-08-31' });
    expect(windowAround(summer, '2025-08-31')).not.toBeNull();
    expect(windowAround(summer, '2025-06-30')).toBeNull();
    expect(windowAround(summer, '2025-09-01')).toBeNull();
  });

  test('one over New Year is one window', () => {
    const feasts = { from: '12-15', until: '01-10' };
    const window = { from: '2025-12-15', until: '2026-01-10' };
    expect(windowAround(feasts, '2025-12-31')).toEqual(window);
    expect(windowAround(feasts, '2026-01-10')).toEqual(window);
    expect(windowAround(feasts, '2026-02-01')).toBeNull();
  });
});

describe('limits', () => {
  const rules = readFlexibility({
    limits: [
      { from: '07-01', until: '08-31', kinds: ['cancel', 'postpone'], max: 3 },
      { from: '01-01', until: '12-31', kinds: ['cancel'], max: 5 },
    ],
  });
  const asked = (kind: LimitedKind, ...days: string[]) => days.map((day) => ({ kind, day }));

  test('the number is of all its kinds together, within its window', () => {
    const three = [...asked('cancel', '2025-07-03', '2025-07-10'), ...asked('postpone', '2025-08-07')];
    expect(limitReached(rules, { kind: 'postpone', day: '2025-08-14' }, three)).toBe(rules.limits[0]);
    expect(limitReached(rules, { kind: 'postpone', day: '2025-09-04' }, three)).toBeNull();
    expect(limitReached(rules, { kind: 'postpone', day: '2025-08-14' }, three.slice(1))).toBeNull();
  });

  test('other years and other kinds do not count', () => {
    const last = asked('cancel', '2024-07-04', '2024-07-11', '2024-07-18');
    expect(limitReached(rules, { kind: 'cancel', day: '2025-07-03' }, last)).toBeNull();
    const postponed = asked('postpone', '2025-01-09', '2025-02-06', '2025-03-06', '2025-04-03', '2025-05-07');
    expect(limitReached(rules, { kind: 'cancel', day: '2025-10-02' }, postponed)).toBeNull();
  });

  test('the first that is exceeded is told', () => {
    const five = asked('cancel', '2025-01-09', '2025-02-06', '2025-03-06', '2025-04-03', '2025-05-07');
    expect(limitReached(rules, { kind: 'cancel', day: '2025-10-02' }, five)).toBe(rules.limits[1]);
    const none = readFlexibility({ limits: [{ from: '07-01', until: '08-31', kinds: ['cancel'], max: 0 }] });
    expect(limitReached(none, { kind: 'cancel', day: '2025-07-03' }, [])).toBe(none.limits[0]);
  });
});

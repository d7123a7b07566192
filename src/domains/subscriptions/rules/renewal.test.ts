import { describe, expect, test } from 'vitest';
import { mayRenew, newPeriod, type OfferedAgain, renewalHorizon, renewalState, successorOf } from './renewal.ts';

describe('where a subscription that ends stands', () => {
  const one = { renewedBy: null, endReason: '', followed: false, renews: false };
  test.each([
    [{}, 'to_ask'],
    [{ renews: true }, 'tacit'],
    [{ renews: true, followed: true }, 'followed'],
    [{ renews: true, endReason: 'déménagement' }, 'terminated'],
    [{ endReason: 'fin de saison', renewedBy: 4 }, 'renewed'],
  ] as const)('%j: %s', (more, state) => {
    expect(renewalState({ ...one, ...more })).toBe(state);
  });

  test('what was renewed or ended on purpose is not renewed', () => {
    expect((['to_ask', 'tacit', 'followed', 'renewed', 'terminated'] as const).map(mayRenew)).toEqual([true, true, true, false, false]);
  });

  test('the horizon is so many weeks ahead', () => {
    expect(renewalHorizon('2025-10-20', 8)).toBe('2025-12-15');
  });
});

describe('the plan that carries it on', () => {
  const season = (year: number) => ({ startsOn: `${year}-01-01`, endsOn: `${year}-12-31` });
  const plan = (id: number, name: string, year: number | null, archived = false): OfferedAgain => ({
    ...{ id, name, season: year ? season(year) : null, archived },
  });
  const plans = [
    plan(1, 'Simple', 2025),
    plan(2, 'Simple', 2027),
    plan(3, 'Simple', 2026),
    plan(4, 'Familial', 2025),
    plan(5, 'Œufs', null),
    plan(6, 'Familial', 2026, true),
  ];

  test('of the same name, in the next season', () => {
    expect(successorOf(plans[0]!, plans)?.id).toBe(3);
    expect(successorOf(plans[2]!, plans)?.id).toBe(2);
  });

  test('none: archived, no later season, or offered all year round', () => {
    expect(successorOf(plans[3]!, plans)).toBeNull();
    expect(successorOf(plans[1]!, plans)).toBeNull();
    expect(successorOf(plans[4]!, plans)).toBeNull();
  });
});

describe('the new period', () => {
  const old = (startsOn: string, endsOn: string, overOn = endsOn) => ({ startsOn, endsOn, overOn });
  const next = { startsOn: '2026-01-05', endsOn: '2026-12-20' };

  test('is the new season', () => {
    expect(newPeriod(old('2025-01-01', '2025-12-31'), next)).toEqual(next);
  });
  test('begins after the end when the season has begun before', () => {
    expect(newPeriod(old('2025-03-01', '2026-02-28'), next)).toEqual({ startsOn: '2026-03-01', endsOn: '2026-12-20' });
  });
  test('a pack that is used up begins in the new season, or at once', () => {
    expect(newPeriod(old('2025-01-01', '2026-12-31', '2025-11-19'), next)).toEqual(next);
    expect(newPeriod(old('2025-01-01', '2025-12-31', '2025-11-19'), null)).toEqual({ startsOn: '2025-11-20', endsOn: '2026-11-19' });
  });
  test('without a season: a year after a year, the same length after the rest', () => {
    expect(newPeriod(old('2025-01-01', '2025-12-31'), null)).toEqual({ startsOn: '2026-01-01', endsOn: '2026-12-31' });
    expect(newPeriod(old('2023-03-01', '2024-02-29'), null)).toEqual({ startsOn: '2024-03-01', endsOn: '2025-02-28' });
    expect(newPeriod(old('2025-09-01', '2025-11-30'), null)).toEqual({ startsOn: '2025-12-01', endsOn: '2026-03-01' });
  });
  test('a season that is over by then counts for nothing', () => {
    expect(newPeriod(old('2026-01-01', '2026-12-31'), next)).toEqual({ startsOn: '2027-01-01', endsOn: '2027-12-31' });
  });
});

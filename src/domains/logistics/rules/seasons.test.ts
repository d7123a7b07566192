import { expect, test } from 'vitest';
import { followingPeriod, seasonName, seasonYears, whyNotPeriod } from './seasons.ts';

const period = (startsOn: string, endsOn: string) => ({ startsOn, endsOn });

test('a season has deliveries in the ISO years of its weeks', () => {
  expect(seasonYears(period('2027-04-01', '2028-03-31'))).toEqual([2027, 2028]);
  // 1 January 2027 is in week 53 of 2026, 31 December 2025 in week 1 of 2026: a few days open no other year.
  expect(seasonYears(period('2027-01-01', '2027-12-31'))).toEqual([2027]);
  expect(seasonYears(period('2025-01-01', '2025-12-31'))).toEqual([2025]);
});

test('its name says its months, or its year', () => {
  expect(seasonName(period('2026-01-01', '2026-12-31'))).toBe('Saison 2026');
  expect(seasonName(period('2026-04-01', '2027-03-31'))).toBe('Avril 2026 – mars 2027');
  expect(seasonName(period('2026-05-01', '2026-10-31'))).toBe('Mai – octobre 2026');
});

test('the next one follows the last, for a year', () => {
  expect(followingPeriod(null, '2026-11-22')).toEqual(period('2027-01-01', '2027-12-31'));
  expect(followingPeriod(period('2026-04-01', '2027-03-31'), '2026-11-22')).toEqual(period('2027-04-01', '2028-03-31'));
});

test('a period the wrong way round, too long or too far is told so', () => {
  expect(whyNotPeriod(period('2027-01-01', '2026-12-31'), '2026-11-22')).toMatch(/après son début/);
  expect(whyNotPeriod(period('2026-01-01', '2029-12-31'), '2026-11-22')).toMatch(/deux ans/);
  expect(whyNotPeriod(period('2029-01-15', '2029-12-01'), '2026-11-22')).toMatch(/fin de 2028/);
  expect(whyNotPeriod(period('2027-04-01', '2028-03-31'), '2026-11-22')).toBeNull();
  expect(whyNotPeriod(period('2024-01-01', '2024-12-31'), '2026-11-22')).toBeNull();
});

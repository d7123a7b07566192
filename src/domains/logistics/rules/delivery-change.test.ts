import { expect, test } from 'vitest';
import type { Weekday } from '#kernel/day.ts';
import { whyNotChange } from './delivery-change.ts';

const tour = { code: 'ME1', preparationWeekday: 2 as Weekday, deliveryWeekday: 3 as Weekday };
const wednesday = { year: 2026, week: 20, date: '2026-05-13', closed: false, tour };
const on = (today: string) => ({ today, cutoffHours: 24, takenOverOn: null });
const to = (date: string) => ({ date, closed: false });

test('another day of its week, or none', () => {
  expect(whyNotChange(wednesday, to('2026-05-15'), on('2026-05-01'))).toBeNull();
  expect(whyNotChange(wednesday, { ...wednesday, closed: true }, on('2026-05-01'))).toBeNull();
  expect(whyNotChange({ ...wednesday, closed: true }, to('2026-05-13'), on('2026-05-01'))).toBeNull();
});

test('never another week, and it says which days would do', () => {
  const reason = whyNotChange(wednesday, to('2026-05-18'), on('2026-05-01'));
  expect(reason).toMatch(/reste dans sa semaine : du lundi 11 mai au dimanche 17 mai 2026/);
});

test('frozen or gone by: nothing changes it, whatever is wished', () => {
  expect(whyNotChange(wednesday, to('2026-05-15'), on('2026-05-11'))).toMatch(/figée/);
  expect(whyNotChange(wednesday, { ...wednesday, closed: true }, on('2026-05-20'))).toMatch(/passée/);
  expect(whyNotChange({ ...wednesday, closed: true }, to('2026-05-13'), on('2026-05-11'))).toMatch(/ne peut plus être rouverte/);
  expect(whyNotChange(wednesday, to('2026-05-13'), on('2026-05-10'))).toBeNull();
});

test('a day whose own cut-off has passed is told so', () => {
  const reason = whyNotChange(wednesday, to('2026-05-11'), on('2026-05-09'));
  expect(reason).toMatch(/trop tard .* au plus tard le vendredi 8 mai/);
  expect(whyNotChange({ ...wednesday, date: '2026-05-15' }, to('2026-05-11'), on('2026-05-12'))).toBe('Ce jour est passé.');
});

import { expect, test } from 'vitest';
import { changedWeeks, otherWeeks, weekBoxes } from './closing-weeks.ts';
import { type SeasonCell, seasonGrid } from './season-grid.ts';

/** Two tours, weeks 10 to 14 of 2026; week 10 is frozen, week 12 closed, week 13 closed for tour 2. */
const cells = [10, 11, 12, 13, 14].flatMap((week) =>
  [1, 2].map(
    (tourId): SeasonCell => ({
      id: week * 10 + tourId,
      tourId,
      week,
      version: 1,
      holiday: '',
      ...{ date: `2026-03-${week}`, usualDate: `2026-03-${week}`, note: '' },
      closed: week === 12 || (week === 13 && tourId === 2),
      state: week === 10 ? 'frozen' : 'open',
      baskets: week === 12 ? 0 : 5,
    }),
  ),
);
const weeks = seasonGrid(2026, [1, 2], cells, '2026-03-02');
const box = (week: number, tour: number | null = null) => weekBoxes(weeks, tour).find((one) => one.week === week)!;

test('a box is ticked when all is closed, locked when nothing may change', () => {
  expect([box(11).ticked, box(12).ticked, box(13).ticked]).toEqual([false, true, false]);
  expect(box(13).partly).toEqual([1]);
  expect([box(13, 2).ticked, box(13, 1).ticked]).toEqual([true, false]);
  expect([box(10).locked, box(11).locked, box(20).locked]).toEqual([true, false, true]);
  expect(box(11).baskets).toBe(10);
});

test('only boxes that were changed change deliveries, and only those that can', () => {
  const changed = changedWeeks(weeks, null, new Set([12]), new Set([10, 13, 14]));
  expect(changed.map(({ week, closes, cells: own }) => [week, closes, own.map(({ id }) => id)])).toEqual([
    [12, false, [121, 122]],
    [13, true, [131]],
    [14, true, [141, 142]],
  ]);
  expect(changed.map(({ baskets }) => baskets)).toEqual([0, 5, 10]);
  expect(changedWeeks(weeks, null, new Set([12]), new Set([12]))).toEqual([]);
  expect(changedWeeks(weeks, 2, new Set([12, 13]), new Set([12]))).toMatchObject([{ week: 13, closes: false, cells: [{ id: 132 }] }]);
});

test('baskets may go to the nearest weeks that all the tours serve and that still change', () => {
  const all = cells.map((cell) => ({ ...cell, year: 2026 }));
  expect(otherWeeks(all, { year: 2026, week: 12 }, [1, 2]).map(({ week }) => week)).toEqual([11, 14]);
  expect(otherWeeks(all, { year: 2026, week: 12 }, [1]).map(({ week }) => week)).toEqual([13, 11, 14]);
  expect(otherWeeks(all, { year: 2026, week: 12 }, [1], new Set([13])).map(({ week }) => week)).toEqual([11, 14]);
});

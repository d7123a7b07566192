import { expect, test } from 'vitest';
import { type SeasonCell, seasonGrid } from './season-grid.ts';

const cell = (tourId: number, week: number, more: Partial<SeasonCell> = {}): SeasonCell => ({
  id: tourId * 100 + week,
  tourId,
  week,
  date: '2025-10-22',
  usualDate: '2025-10-22',
  closed: false,
  note: '',
  holiday: '',
  version: 1,
  state: 'open',
  baskets: 10,
  ...more,
});

test('a season has a row per week and a place per tour, whether it delivers or not', () => {
  const grid = seasonGrid(2026, [2, 1], [cell(1, 43), cell(2, 43, { baskets: 5 }), cell(1, 44)], '2026-10-21');
  expect(grid).toHaveLength(53);
  expect(grid[42]).toMatchObject({ week: 43, monday: '2026-10-19', sunday: '2026-10-25', isCurrent: true, baskets: 15, closed: false });
  expect(grid[42]!.cells.map((one) => one?.id)).toEqual([243, 143]);
  expect(grid[43]!.cells).toEqual([null, expect.objectContaining({ id: 144 })]);
  expect(grid.filter((week) => week.isCurrent)).toHaveLength(1);
});

test('a week is closed when every tour is', () => {
  const closed = { closed: true, baskets: 0 };
  const grid = seasonGrid(2025, [1, 2], [cell(1, 52, closed), cell(2, 52, closed), cell(1, 51, closed), cell(2, 51)], '2025-01-01');
  expect(grid[51]!.closed).toBe(true);
  expect(grid[50]!.closed).toBe(false);
  expect(grid[0]!.closed).toBe(false);
});

test('twelve months start in a season, each in the week of its first Thursday', () => {
  const months = seasonGrid(2025, [], [], '2025-01-01').filter((week) => week.monthStarts);
  expect(months.map((week) => week.monthStarts)).toEqual(
    Array.from({ length: 12 }, (_, index) => `2025-${String(index + 1).padStart(2, '0')}`),
  );
  expect(months[4]!.week).toBe(18);
});

import { expect, test } from 'vitest';
import { spread } from './spread.ts';

const rows = (count: number, height = 10) => Array.from({ length: count }, (_, index) => ({ height, index }));

test('few rows grow as far as they may', () => {
  expect(spread(rows(3), 100, 4)).toEqual([{ rows: rows(3), extra: 4 }]);
});

test('rows grow no further than their page allows', () => {
  expect(spread(rows(8), 100, 10)[0]!.extra).toBe(2.5);
});

test('as few pages as possible, all rows kept in order, no page too full', () => {
  for (let count = 0; count <= 60; count++) {
    const pages = spread(rows(count), 100, 7);
    expect(pages.length).toBe(Math.ceil(count / 10));
    expect(pages.flatMap((page) => page.rows.map((row) => row.index))).toEqual(rows(count).map((row) => row.index));
    for (const page of pages) expect(page.rows.length * (10 + page.extra)).toBeLessThanOrEqual(100);
  }
});

test('a row taller than a page stands alone', () => {
  expect(spread([...rows(1), { height: 300, index: 1 }, ...rows(1)], 100, 5).map((page) => page.rows.length)).toEqual([1, 1, 1]);
});

import { expect, test } from 'vitest';
import { code128, qrCode } from './code.ts';

test('a bar code: eleven units a sign and the stop of thirteen, bars that touch neither each other nor the edge', () => {
  const { width, height, boxes } = code128('ABCD');
  // start, A, B, C, D, check: 6 × 11, and 13.
  expect([width, height]).toEqual([79, 1]);
  for (const [at, [x, , wide]] of boxes.entries()) {
    const next = boxes[at + 1];
    if (next) expect(x + wide).toBeLessThan(next[0]);
    else expect(x + wide).toBe(width);
  }
  expect(code128('ABCD')).toEqual(code128('ABCD'));
  expect(code128('ABCE').boxes).not.toEqual(code128('ABCD').boxes);
});

test('a square code has its three corners, and is of the smallest size for a label', () => {
  const { width, height, boxes } = qrCode('1234-567-8901');
  expect([width, height]).toEqual([21, 21]);
  const dark = (x: number, y: number) => boxes.some(([left, top, wide]) => top === y && x >= left && x < left + wide);
  for (const [x, y] of [
    [0, 0],
    [14, 0],
    [0, 14],
  ] as const) {
    expect(Array.from({ length: 7 }, (_, at) => dark(x + at, y) && dark(x + at, y + 6) && dark(x, y + at)).every(Boolean)).toBe(true);
    expect(dark(x + 1, y + 1)).toBe(false);
    expect(dark(x + 3, y + 3)).toBe(true);
  }
});

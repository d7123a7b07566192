import { expect, test } from 'vitest';
import { draw, frame } from './drawing.ts';
import type { Mark } from './marks.ts';

const mark = (id: number, latitude: number, longitude: number): Mark => ({
  id,
  latitude,
  longitude,
  name: `n° ${id}`,
  href: `/${id}`,
  kind: 'open',
  town: 'Metz',
});

test('marks stay in the frame and hide nobody, north above and east to the right', () => {
  const marks = Array.from({ length: 40 }, (_, at) => mark(at, 49.1 + (at % 5) * 0.001, 6.1 + Math.floor(at / 5) * 0.001));
  const drawing = draw(marks, { latitude: 49.2, longitude: 6.0, label: 'moi' }, false, 11)!;
  const points = drawing.placed.map(({ at }) => at);
  expect(points.every(({ x, y }) => x >= 0 && x <= frame.width && y >= 0 && y <= frame.height)).toBe(true);
  for (const [rank, one] of points.entries())
    for (const other of points.slice(rank + 1)) expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThan(22);
  expect(drawing.you!.x).toBeLessThan(Math.min(...drawing.placed.map(({ real }) => real.x)));
  expect(drawing.you!.y).toBeLessThan(Math.min(...drawing.placed.map(({ real }) => real.y)));
});

test('the country: Lille above Marseille, Brest left of Strasbourg; overseas is told apart', () => {
  const drawing = draw(
    [mark(1, 50.63, 3.06), mark(2, 43.3, 5.37), mark(3, 48.39, -4.49), mark(4, 48.58, 7.75), mark(5, -20.88, 55.45)],
    null,
    true,
    7,
  )!;
  const [lille, marseille, brest, strasbourg] = drawing.placed.map(({ at }) => at);
  expect(lille!.y).toBeLessThan(marseille!.y);
  expect(brest!.x).toBeLessThan(strasbourg!.x);
  expect(drawing.beyond).toBe(1);
  expect(drawing.outline).toMatch(/^M[\d.]+ [\d.]+L.*z$/);
});

test('nothing to draw', () => {
  expect(draw([], null, false, 11)).toBeNull();
  expect(draw([], null, true, 7)!.placed).toEqual([]);
});

import { describe, expect, it } from 'vitest';
import { markPath, nameTowns, project, scaleLength, spread } from './geography.ts';

const frame = { width: 720, height: 560, margin: 32 };
const epinal = { latitude: 48.174, longitude: 6.45 };
const gerardmer = { latitude: 48.071, longitude: 6.873 };
const charmes = { latitude: 48.374, longitude: 6.3 };

describe('the projection', () => {
  const projection = project([epinal, gerardmer, charmes], frame);
  it('puts north above, east at the right, all inside', () => {
    const [centre, east, north] = [epinal, gerardmer, charmes].map(projection.to) as [
      { x: number; y: number },
      { x: number; y: number },
      { x: number; y: number },
    ];
    expect(north.y).toBeLessThan(centre.y);
    expect(east.x).toBeGreaterThan(centre.x);
    for (const { x, y } of [centre, east, north]) {
      expect(x).toBeGreaterThanOrEqual(frame.margin - 0.001);
      expect(x).toBeLessThanOrEqual(frame.width - frame.margin + 0.001);
      expect(y).toBeGreaterThanOrEqual(frame.margin - 0.001);
      expect(y).toBeLessThanOrEqual(frame.height - frame.margin + 0.001);
    }
  });
  it('keeps distances: Épinal and Gérardmer are 33.4 km apart', () => {
    const [a, b] = [projection.to(epinal), projection.to(gerardmer)];
    expect(Math.hypot(a.x - b.x, a.y - b.y) / projection.pointsPerKilometre).toBeCloseTo(33.4, 0);
  });
  it('bears a single place', () => expect(project([epinal], frame).to(epinal)).toEqual({ x: 360, y: 280 }));
});

describe('marks that would hide each other', () => {
  it('are pushed apart, even from the very same spot', () => {
    const points = spread(
      Array.from({ length: 30 }, () => ({ x: 300, y: 300 })),
      29,
      frame,
    );
    for (const [at, one] of points.entries())
      for (const other of points.slice(at + 1)) expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThan(27);
  });
  it('stay where they are when there is room', () => {
    const points = [
      { x: 100, y: 100 },
      { x: 200, y: 100 },
    ];
    expect(spread(points, 29, frame)).toEqual(points);
  });
});

describe('names of towns', () => {
  it('stand clear of marks and of each other', () => {
    const points = [
      { x: 300, y: 300 },
      { x: 330, y: 300 },
    ];
    const labels = nameTowns(
      [
        { text: 'Épinal', points: [points[0]!] },
        { text: 'Golbey', points: [points[1]!] },
      ],
      points,
      13,
      frame,
    );
    expect(labels).toHaveLength(2);
    for (const label of labels) for (const { x, y } of points) expect(Math.abs(label.x - x) > 13 || Math.abs(label.y - y) > 13).toBe(true);
    expect(Math.hypot(labels[0]!.x - labels[1]!.x, labels[0]!.y - labels[1]!.y)).toBeGreaterThan(20);
  });
});

it.each([
  [9, 720, 20],
  [100, 720, 1],
  [700, 720, 0.2],
])('a round scale for %f points per kilometre', (points, width, length) => expect(scaleLength(points, width)).toBeCloseTo(length, 6));

it('the first six tours have marks of different outlines', () =>
  expect(new Set(Array.from({ length: 6 }, (_, rank) => markPath(rank, 13))).size).toBe(6));

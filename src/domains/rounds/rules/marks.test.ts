import { describe, expect, test } from 'vitest';
import { type Gesture, type Mark, outdated, progress, withGestures } from './marks.ts';

const mark = (key: string, slotId: number, kind: Mark['kind'] = 'done'): Mark => ({
  ...{ key, slotId, kind, saidAt: '2025-10-22T07:00:00Z', by: 'Bruno', note: '', photo: null },
});
const said = (at: number, kind: Gesture['kind'], slotId: number, key: string, more: Partial<Gesture> = {}): Gesture => ({
  ...{ at, kind, slotId, key, saidAt: '2025-10-22T07:00:00Z', note: '', hasPhoto: false, takenAt: null, refusal: null },
  ...more,
});
const keys = (marks: readonly Mark[]) => marks.map(({ key }) => key);

describe('what the driver sees', () => {
  test('a tick that waits shows at once, and is told as waiting', () => {
    expect(withGestures([mark('a', 1)], [said(1, 'done', 2, 'b')])).toMatchObject([
      { key: 'a', waiting: false },
      { key: 'b', slotId: 2, waiting: true },
    ]);
  });

  test('the same tick, known to the garden already, counts once', () => {
    expect(keys(withGestures([mark('a', 1)], [said(1, 'done', 1, 'a', { takenAt: '2025-10-22T07:00:01Z' })]))).toEqual(['a']);
  });

  test('a stop that another driver has ticked stays hers', () => {
    expect(withGestures([mark('hers', 1)], [said(1, 'done', 1, 'mine')])).toMatchObject([{ key: 'hers', by: 'Bruno' }]);
  });

  test('ticked, taken back, ticked again: in the order it was said, whatever the order it is kept in', () => {
    const gestures = [said(3, 'done', 1, 'second'), said(1, 'done', 1, 'first'), said(2, 'undo', 1, 'first')];
    expect(keys(withGestures([], gestures))).toEqual(['second']);
    expect(keys(withGestures([], gestures.slice(1)))).toEqual([]);
  });

  test('several problems may be noted at one stop, ticked or not', () => {
    expect(keys(withGestures([mark('a', 1)], [said(1, 'problem', 1, 'b'), said(2, 'problem', 1, 'c')]))).toEqual(['a', 'b', 'c']);
  });

  test('what the garden refused does not stand', () => {
    expect(withGestures([], [said(1, 'done', 1, 'a', { refusal: 'Cette livraison n’a pas lieu.' })])).toEqual([]);
  });
});

test('what the garden took is forgotten once a page tells what it knew afterwards, not before', () => {
  const taken = said(1, 'done', 1, 'a', { takenAt: '2025-10-22T08:00:00.000Z' });
  expect(outdated(taken, '2025-10-22T07:59:59.000Z')).toBe(false);
  expect(outdated(taken, '2025-10-22T08:00:00.000Z')).toBe(true);
  expect(outdated(said(1, 'done', 1, 'a'), '2025-10-23T00:00:00.000Z')).toBe(false);
});

test('stops without a basket are no part of the way', () => {
  const stops = [
    { slotId: 1, counts: [2, 0] },
    { slotId: 2, counts: [0, 0] },
    { slotId: 3, counts: [0, 1] },
  ];
  expect(progress(stops, [])).toEqual({ done: 0, stops: 2, next: 1 });
  expect(progress(stops, [mark('a', 1), mark('b', 2)])).toEqual({ done: 1, stops: 2, next: 3 });
  expect(progress(stops, [mark('a', 1), mark('c', 3), mark('p', 3, 'problem')])).toEqual({ done: 2, stops: 2, next: null });
});

import { expect, test } from 'vitest';
import type { Standing } from '#domains/subscriptions/rules/capacity.ts';
import { placeMarks } from './place-marks.ts';

const place = (id: number, depotId: number, more: { reserved?: boolean; standing?: Standing | null; latitude?: number | null } = {}) => ({
  ...{ id, depotId, depot: `Dépôt ${depotId}`, city: 'Metz', reserved: false, standing: null, latitude: 49.1, longitude: 6.2 },
  ...more,
});
const full: Standing = { state: 'full', of: 8, fullOn: 8, left: 0 };

test('a depot open on two days has one mark, which leads to the first of them in the list; what is full or reserved looks so', () => {
  const { numbers, marks } = placeMarks([
    place(10, 1, { standing: full }),
    place(20, 2, { reserved: true }),
    place(11, 1, { standing: full }),
    place(30, 3),
  ]);
  expect([...numbers]).toEqual([
    [1, 1],
    [2, 2],
    [3, 3],
  ]);
  expect(marks.map(({ href, number, kind, note }) => [href, number, kind, note])).toEqual([
    ['#lieu-10', 1, 'full', 'Complet'],
    ['#lieu-20', 2, 'reserved', 'Réservé'],
    ['#lieu-30', 3, 'open', 'Places libres'],
  ]);
});

test('one whose place is not known has a number in the list, and no mark', () => {
  const { numbers, marks } = placeMarks([place(10, 1, { latitude: null }), place(20, 2)]);
  expect(numbers.get(1)).toBe(1);
  expect(marks.map(({ number }) => number)).toEqual([2]);
});

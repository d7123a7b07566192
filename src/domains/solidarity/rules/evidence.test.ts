import fc from 'fast-check';
import { expect, test } from 'vitest';
import { banded, bandOf, fewest, sayPresent, told } from './evidence.ts';

test('households by bands', () => {
  expect([null, 1, 2, 3, 4, 5, 9].map(bandOf)).toEqual([
    ...['non précisé', '1 personne', '2 personnes', '3 ou 4 personnes', '3 ou 4 personnes', '5 personnes et plus', '5 personnes et plus'],
  ]);
});

test('bands are told in order of size', () => {
  const households = [
    { household: 6, people: 2 },
    { household: null, people: 1 },
    { household: 1, people: 5 },
    { household: 4, people: 3 },
    { household: 3, people: 4 },
  ];
  expect(banded(households)).toEqual([
    { name: '1 personne', count: 5 },
    { name: '3 ou 4 personnes', count: 7 },
    { name: '5 personnes et plus', count: 2 },
    { name: 'non précisé', count: 1 },
  ]);
  expect(banded([])).toEqual([]);
});

test('how many came is told from five on', () => {
  expect([null, 0, 1, 4, 5, 12].map(sayPresent)).toEqual([...['nombre non noté', 'moins de 5', 'moins de 5', 'moins de 5', '5', '12']]);
});

test('a small group hides another, so that nothing tells it', () => {
  const groups = [
    { name: 'a', count: 12 },
    { name: 'b', count: 2 },
    { name: 'c', count: 7 },
  ];
  expect(told(groups)).toEqual({
    total: 21,
    groups: [
      { name: 'a', count: 12 },
      { name: 'b', count: null },
      { name: 'c', count: null },
    ],
  });
  expect(told([{ name: 'a', count: 4 }])).toEqual({ total: null, groups: [{ name: 'a', count: null }] });
});

test('law: nothing under five is told, nor can be worked out from what is', () => {
  const groups = fc
    .array(fc.integer({ min: 0, max: 12 }), { maxLength: 6 })
    .map((all) => all.map((count, index) => ({ name: String(index), count })));
  fc.assert(
    fc.property(groups, (given) => {
      const { total, groups: shown } = told(given);
      if (total === null) {
        expect(shown.every(({ count }) => count === null)).toBe(true);
        return;
      }
      for (const { count } of shown) expect(count === null || count >= fewest).toBe(true);
      const hidden = shown.filter(({ count }) => count === null);
      const rest = total - shown.reduce((sum, { count }) => sum + (count ?? 0), 0);
      expect(hidden.length === 0 ? rest === 0 : hidden.length === shown.length || (hidden.length > 1 && rest >= fewest)).toBe(true);
    }),
  );
});

import { expect, test } from 'vitest';
import { largestSize, shorten, wrap } from './fit.ts';

/** Every character as wide as 1 point. */
const measure = (text: string): number => text.length;

test('a text that fits is left alone, another ends with …', () => {
  expect(shorten('Charmes', 7, measure)).toBe('Charmes');
  expect(shorten('Charmes', 6, measure)).toBe('Charm…');
  expect(shorten('Le bois', 4, measure)).toBe('Le…');
  expect(shorten('Charmes', 1, measure)).toBe('…');
  expect(shorten('Charmes', 0, measure)).toBe('');
});

test('lines break at spaces, and lose nothing', () => {
  expect(wrap('Café du Marché de Charmes', 10, measure)).toEqual(['Café du', 'Marché de', 'Charmes']);
  expect(wrap('Anticonstitutionnellement', 10, measure)).toEqual(['Anticonsti', 'tutionnell', 'ement']);
  expect(wrap('', 10, measure)).toEqual(['']);
});

test('past the lines allowed, the last one ends with …', () => {
  expect(wrap('Café du Marché de Charmes', 10, measure, 2)).toEqual(['Café du', 'Marché de…']);
  expect(wrap('Café du Marché de Charmes', 10, measure, 1)).toEqual(['Café du M…']);
});

test('no line is ever wider than its room', () => {
  const text = 'Communauté de communes des Hautes-Vallées-et-du-Piémont réunies, bâtiment administratif';
  for (let room = 1; room <= text.length; room++) {
    for (const most of [1, 2, 3, undefined]) {
      const lines = wrap(text, room, measure, most);
      expect(Math.max(...lines.map(measure))).toBeLessThanOrEqual(room);
      if (!most) expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
    }
  }
});

test('the largest size goes by half points between its bounds', () => {
  expect(largestSize(10, 123, 8, 20)).toBe(12);
  expect(largestSize(10, 127, 8, 20)).toBe(12.5);
  expect(largestSize(10, 500, 8, 20)).toBe(20);
  expect(largestSize(10, 50, 8, 20)).toBe(8);
  expect(largestSize(0, 50, 8, 20)).toBe(20);
});

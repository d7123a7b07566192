import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSepaReference, toReference, toSepa } from './letters.ts';

test.each([
  ['Mme Lœtitia Müller-Núñez', 'Mme Loetitia Muller-Nunez'],
  ['Épicerie « Chez l’Écureuil » & Cie', "Epicerie ' Chez l'Ecureuil ' + Cie"],
  ['Ça coûte 12 €', 'Ca coute 12 EUR'],
  ['Jürgen Groß, Łódź', 'Jurgen Gross, Lodz'],
  ['a@b_c;d\ne', 'a(at)b-c.d e'],
  ['Ольга', '.....'],
])('« %s » is written « %s »', (text, written) => {
  expect(toSepa(text, 70)).toBe(written);
});

test('whatever is typed, banks can read it; what they can read stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 140 }), (text, most) => {
      const written = toSepa(text, most);
      expect(written).toMatch(/^[A-Za-z0-9/\-?:().,'+ ]*$/);
      expect(written.length).toBeLessThanOrEqual(most);
      expect(toSepa(written, most)).toBe(written);
    }),
  );
});

test('references: those of older tools are kept when banks take them', () => {
  for (const good of ['COC001001-3', '++Coc 001-3', "A/b?c:(d).,'+ e"]) expect(isSepaReference(good), good).toBe(true);
  for (const bad of ['', 'x'.repeat(36), ' a', 'a ', '/a', 'a/', 'a//b', 'été', 'a_b']) expect(isSepaReference(bad), bad).toBe(false);
  expect(toReference('Été n° 12/b')).toBe('Eten12b');
});

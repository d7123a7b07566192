import fc from 'fast-check';
import { expect, test } from 'vitest';
import { amountInWords, numberInWords } from './words.ts';

test.each([
  [0, 'zéro'],
  [21, 'vingt et un'],
  [71, 'soixante et onze'],
  [77, 'soixante-dix-sept'],
  [80, 'quatre-vingts'],
  [81, 'quatre-vingt-un'],
  [91, 'quatre-vingt-onze'],
  [99, 'quatre-vingt-dix-neuf'],
  [100, 'cent'],
  [200, 'deux cents'],
  [201, 'deux cent un'],
  [280, 'deux cent quatre-vingts'],
  [1000, 'mille'],
  [1999, 'mille neuf cent quatre-vingt-dix-neuf'],
  [80_000, 'quatre-vingt mille'],
  [200_000, 'deux cent mille'],
  [1_000_000, 'un million'],
  [200_000_000, 'deux cents millions'],
])('%i in letters', (number, words) => {
  expect(numberInWords(number)).toBe(words);
});

test.each([
  [100, 'un euro'],
  [5000, 'cinquante euros'],
  [12_345, 'cent vingt-trois euros et quarante-cinq centimes'],
  [1, 'un centime'],
  [101, 'un euro et un centime'],
  [100_000_000, 'un million d’euros'],
  [100_000_100, 'un million un euros'],
])('%i cents in letters', (cents, words) => {
  expect(amountInWords(cents)).toBe(words);
});

/** Reads letters back, by a way of its own: words add up, « cent », « mille » and « million » multiply, « quatre-vingt » is eighty. */
function readBack(words: string): number {
  const values: Record<string, number> = {
    un: 1,
    deux: 2,
    trois: 3,
    quatre: 4,
    cinq: 5,
    six: 6,
    sept: 7,
    huit: 8,
    neuf: 9,
    dix: 10,
    onze: 11,
  };
  Object.assign(values, {
    douze: 12,
    treize: 13,
    quatorze: 14,
    quinze: 15,
    seize: 16,
    vingt: 20,
    trente: 30,
    quarante: 40,
    cinquante: 50,
    soixante: 60,
  });
  let total = 0;
  let hundreds = 0;
  for (const word of words
    .replaceAll(/quatre-vingts?/g, 'octante')
    .replaceAll('-', ' ')
    .split(' ')) {
    if (word === 'octante') hundreds += 80;
    else if (/^cents?$/.test(word)) hundreds = Math.max(hundreds, 1) * 100;
    else if (word === 'mille') {
      total += Math.max(hundreds, 1) * 1000;
      hundreds = 0;
    } else if (/^millions?$/.test(word)) {
      total += hundreds * 1e6;
      hundreds = 0;
    } else if (word !== 'et' && word !== 'zéro') hundreds += values[word]!;
  }
  return total + hundreds;
}

test('law: what is written in letters reads back as the same number', () =>
  fc.assert(fc.property(fc.integer({ min: 0, max: 999_999_999 }), (number) => readBack(numberInWords(number)) === number)));

test('law: every number below two thousand reads back', () => {
  for (let number = 0; number < 2000; number++) expect(readBack(numberInWords(number))).toBe(number);
});

test('what letters cannot say is a bug', () => {
  for (const wrong of [-1, 1.5, 1e9, Number.NaN]) expect(() => numberInWords(wrong)).toThrow(RangeError);
});

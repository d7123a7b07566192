import { expect, test } from 'vitest';
import { readWeeks, sayWeeks, typedWeeks, weekRuns } from './weeks.ts';

const range = (from: number, until: number) => Array.from({ length: until - from + 1 }, (_, index) => from + index);
const read = (text: string) => {
  const answer = readWeeks(text);
  if (!answer.ok) throw new Error(answer.reason);
  return answer.weeks;
};

test.each([
  ['18 à 44, 50', [...range(18, 44), 50]],
  ['18-44 ; 50', [...range(18, 44), 50]],
  ['50, 18 – 44, 20', [...range(18, 44), 50]],
  ['semaines 18 à 20 et 22', [18, 19, 20, 22]],
  ['S18 à S20', [18, 19, 20]],
  ['de 2 au 3', [2, 3]],
  ['44 à 8', [...range(1, 8), ...range(44, 53)]],
  ['53 à 1', [1, 53]],
  ['7', [7]],
])('« %s » is read', (text, weeks) => expect(read(text)).toEqual(weeks));

test.each(['', '  ', '1 à 53', '1 à 20, 21 à 53', '10 à 9'])('« %s » is all year round', (text) => expect(read(text)).toBeNull());

test.each([
  ['été', '« été »'],
  ['18 à', '« 18 à »'],
  ['0 à 4', 'semaine 0'],
  ['18 à 54', 'semaine 54'],
  ['1820', '« 1820 »'],
])('« %s » is refused, saying which part', (text, part) => {
  const answer = readWeeks(text);
  expect(answer.ok ? '' : answer.reason).toContain(part);
});

test('weeks that follow one another are one run, over New Year too', () => {
  expect(weekRuns([50, 18, 19, 20])).toEqual([
    [18, 20],
    [50, 50],
  ]);
  expect(weekRuns([...range(1, 8), 20, ...range(44, 53)])).toEqual([
    [20, 20],
    [44, 8],
  ]);
  expect(weekRuns(range(1, 53))).toEqual([[1, 53]]);
  expect(weekRuns([])).toEqual([]);
});

test('said as they are typed', () => {
  expect(sayWeeks(null)).toBe('toute l’année');
  expect(sayWeeks([50])).toBe('semaine 50');
  expect(sayWeeks([...range(18, 44), 47, 50])).toBe('semaines 18 à 44, 47 et 50');
  expect(typedWeeks(null)).toBe('');
});

test('what is said is read again as the same weeks', () => {
  for (const weeks of [[1, 53], [50], [...range(1, 8), ...range(44, 53)], range(1, 52), [2, 4, 6, 7, 8, 53]]) {
    expect(read(typedWeeks(weeks))).toEqual(weeks);
    expect(read(sayWeeks(weeks))).toEqual(weeks);
  }
});

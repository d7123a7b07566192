import { expect, test } from 'vitest';
import { lightestSide } from './stagger.ts';

test('fortnightly baskets go to the lighter half of the weeks', () => {
  expect(lightestSide('fortnightly', { even_weeks: 12, odd_weeks: 30, weekly: 400 })).toEqual({
    frequency: 'even_weeks',
    sides: [
      { frequency: 'even_weeks', baskets: 12 },
      { frequency: 'odd_weeks', baskets: 30 },
    ],
  });
  expect(lightestSide('fortnightly', { even_weeks: 31, odd_weeks: 30 }).frequency).toBe('odd_weeks');
});

test('monthly baskets go to the lightest of four weeks', () => {
  expect(lightestSide('monthly', { first_of_month: 3, second_of_month: 2, fourth_of_month: 1 }).frequency).toBe('third_of_month');
});

test('on equal loads, the first; weekly baskets have no side', () => {
  expect(lightestSide('fortnightly', {}).frequency).toBe('even_weeks');
  expect(lightestSide('weekly', { weekly: 9 })).toEqual({ frequency: 'weekly', sides: [{ frequency: 'weekly', baskets: 9 }] });
});

test('put one by one on the side proposed, subscriptions never leave a difference above one', () => {
  const loads = { even_weeks: 0, odd_weeks: 0 };
  for (let count = 0; count < 25; count++) loads[lightestSide('fortnightly', loads).frequency as keyof typeof loads]++;
  expect(Math.abs(loads.even_weeks - loads.odd_weeks)).toBe(1);
});

import { expect, test } from 'vitest';
import { mayChangeDays } from './tour-days.ts';

const wednesday = { preparationWeekday: 2, deliveryWeekday: 3 } as const;
const context = { today: '2025-10-20', cutoffHours: 24, takenOverOn: null };
const weeks = ['2025-10-22', '2025-10-29', '2025-11-05'];

test('the delivery day stays while open deliveries stand on it', () => {
  const thursday = { ...wednesday, deliveryWeekday: 4 } as const;
  expect(mayChangeDays(wednesday, thursday, weeks, context)).toEqual({
    may: false,
    because: 'open_deliveries',
    count: 2,
    last: '2025-11-05',
  });
  expect(mayChangeDays(wednesday, thursday, ['2025-10-22'], context)).toEqual({ may: true });
});

test('the preparation day moves, but not to bring back a frozen delivery', () => {
  expect(mayChangeDays(wednesday, { ...wednesday, preparationWeekday: 1 }, weeks, context)).toEqual({ may: true });
  expect(mayChangeDays(wednesday, { ...wednesday, preparationWeekday: 3 }, weeks, context)).toEqual({
    may: false,
    because: 'thaws',
    date: '2025-10-22',
  });
});

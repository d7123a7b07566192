import { describe, expect, test } from 'vitest';
import { addDays, type Weekday } from '#kernel/day.ts';
import { cutoffDay, deliveryState, statesOf } from './cutoff.ts';

const weekdays = [1, 4, 7] as Weekday[];

describe('the cut-off', () => {
  test('a Wednesday delivery prepared on Tuesday freezes on the Monday, 24 hours before', () => {
    const tour = { preparationWeekday: 2, deliveryWeekday: 3 } as const;
    expect(cutoffDay('2025-10-22', tour, 24)).toBe('2025-10-20');
    expect(cutoffDay('2025-10-22', tour, 0)).toBe('2025-10-21');
    expect(cutoffDay('2025-10-22', tour, 25)).toBe('2025-10-19');
    const on = (today: string) => deliveryState('2025-10-22', tour, { today, cutoffHours: 24, takenOverOn: null });
    expect([on('2025-10-19'), on('2025-10-20'), on('2025-10-22')]).toEqual(['open', 'frozen', 'frozen']);
  });

  test('is the same told of one delivery or counted once for a tour: whatever its days, its hours, the day and the change of tools', () => {
    const today = '2025-03-12';
    for (const preparationWeekday of weekdays)
      for (const deliveryWeekday of weekdays)
        for (const cutoffHours of [0, 24, 49])
          for (const takenOverOn of [null, '2025-03-03', '2025-03-20']) {
            const tour = { preparationWeekday, deliveryWeekday };
            const stateOn = statesOf(tour, { today, cutoffHours, takenOverOn });
            for (let away = -20; away <= 30; away++) {
              const date = addDays(today, away);
              const day = cutoffDay(date, tour, cutoffHours);
              expect(stateOn(date)).toBe(takenOverOn !== null && day <= takenOverOn ? 'taken_over' : day <= today ? 'frozen' : 'open');
            }
          }
  });
});

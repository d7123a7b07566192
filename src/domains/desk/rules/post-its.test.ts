import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '#kernel/day.ts';
import { byDay, forToday, isPressing, type PostIt, sayDue } from './post-its.ts';

const today = '2025-10-22';
const note = (id: number, dueOn: string | null, done = false): PostIt => ({
  ...{ id, dueOn, done, text: 'x', shared: true, author: null },
  mine: true,
  doneBy: null,
  version: 1,
});

test.each([
  [null, ''],
  ['2025-10-19', 'en retard de 3 jours'],
  ['2025-10-21', 'depuis hier'],
  ['2025-10-22', 'aujourd’hui'],
  ['2025-10-23', 'demain'],
  ['2025-10-24', 'vendredi 24 octobre'],
])('%s: « %s »', (day, said) => expect(sayDue(day, today)).toBe(said));

test('the first page: late, today, the week to come, and what has no day; the rest is counted', () => {
  const all = [
    note(1, null),
    note(2, '2025-11-30'),
    note(3, '2025-10-22'),
    note(4, '2025-10-01'),
    note(5, '2025-10-29'),
    note(6, '2025-10-20', true),
  ];
  const { shown, later } = forToday(all, today);
  expect(shown.map(({ id }) => id)).toEqual([4, 3, 5, 1]);
  expect(later).toBe(1);
});

test('nothing is lost between what is shown and what waits; what presses is shown', () => {
  const some = fc.array(fc.record({ days: fc.option(fc.integer({ min: -40, max: 40 })), done: fc.boolean() }), { maxLength: 20 });
  fc.assert(
    fc.property(some, (list) => {
      const all = list.map(({ days, done }, at) => note(at + 1, days === null ? null : addDays(today, days), done));
      const { shown, later } = forToday(all, today);
      expect(shown.length + later).toBe(all.filter(({ done }) => !done).length);
      for (const one of all) if (!one.done && isPressing(one.dueOn, today)) expect(shown).toContain(one);
      expect(shown.toSorted(byDay)).toEqual(shown);
    }),
  );
});

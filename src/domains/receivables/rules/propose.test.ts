import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '#kernel/day.ts';
import { type Debtor, type Past, propose, type Step } from './propose.ts';

const today = '2025-10-22';
const steps: Step[] = [
  { id: 1, daysLate: 8, way: 'mail' },
  { id: 2, daysLate: 30, way: 'mail' },
  { id: 3, daysLate: 60, way: 'letter' },
];
const ago = (days: number) => addDays(today, -days);
const owing = (days: number, more: Partial<Debtor> = {}): Debtor => ({
  late: 5000,
  since: ago(days),
  coming: 0,
  email: 'a@exemple.fr',
  past: [],
  ...more,
});
const asked = (debtor: Debtor) => propose(debtor, steps, { today, least: 500 });

test('eight days late: the first reminder; before, from when', () => {
  expect(asked(owing(8))).toEqual({ kind: 'remind', stepId: 1, way: 'mail' });
  expect(asked(owing(7))).toEqual({ kind: 'wait', stepId: 1, from: addDays(today, 1) });
});

test('an old debt begins by the first reminder all the same', () => {
  expect(asked(owing(200))).toMatchObject({ kind: 'remind', stepId: 1 });
});

test('between two steps pass as many days as between their delays', () => {
  const past = (days: number): Past[] => [{ stepId: 1, since: ago(100), day: ago(days) }];
  expect(asked(owing(100, { past: past(21) }))).toEqual({ kind: 'wait', stepId: 2, from: addDays(today, 1) });
  expect(asked(owing(100, { past: past(22) }))).toMatchObject({ kind: 'remind', stepId: 2 });
});

test('each step once per debt, and a debt that was paid takes its steps with it', () => {
  const all = steps.map(({ id }): Past => ({ stepId: id, since: ago(100), day: ago(50) }));
  expect(asked(owing(100, { past: all }))).toEqual({ kind: 'done' });
  expect(asked(owing(40, { past: all }))).toMatchObject({ kind: 'remind', stepId: 1 });
});

test('without an address, a mail becomes a letter; what is small, or under way, is not asked for', () => {
  expect(asked(owing(8, { email: '' }))).toMatchObject({ way: 'letter' });
  expect(asked(owing(8, { late: 499 }))).toEqual({ kind: 'small' });
  expect(asked(owing(8, { coming: 5000 }))).toEqual({ kind: 'coming' });
});

test('doing what is proposed, day after day, says each step once, in order', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 1, max: 9 }), (late, every) => {
      const past: Past[] = [];
      for (let day = today; day < addDays(today, 200); day = addDays(day, every)) {
        const found = propose(owing(late, { past }), steps, { today: day, least: 500 });
        if (found.kind === 'remind') past.push({ stepId: found.stepId, since: ago(late), day });
      }
      expect(past.map(({ stepId }) => stepId)).toEqual([1, 2, 3]);
    }),
  );
});

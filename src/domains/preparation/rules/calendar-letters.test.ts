import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DifferenceLine } from '#domains/subscriptions/rules/tell-difference.ts';
import { type CalendarAct, calendarLetter } from './calendar-letters.ts';

const today = '2026-11-22';
const line = (date: string, kind: DifferenceLine['kind'], what = '1 Simple'): DifferenceLine => ({ date, kind, what });
const letter = (acts: CalendarAct[], ...lines: DifferenceLine[]) => calendarLetter(lines, new Set(acts), today);

test('a week that closes is told by its day, with all that becomes of the baskets', () => {
  const [lost, found] = [line('2026-12-24', 'removed', '1 Simple en moins'), line('2026-12-31', 'changed', '2 Simple au lieu de 1 Simple')];
  expect(letter(['closed'], lost, found)).toEqual({
    event: 'delivery_closed',
    quand: 'le jeudi 24 décembre',
    paniers: ['jeudi 24 décembre : 1 Simple en moins', 'jeudi 31 décembre : 2 Simple au lieu de 1 Simple'],
  });
});

test('two days are named, more are not; another year is said', () => {
  expect(letter(['moved'], line('2026-12-23', 'moved'), line('2027-01-02', 'moved')).quand).toBe(
    'le mercredi 23 décembre et le samedi 2 janvier 2027',
  );
  expect(letter(['closed'], ...['2026-12-10', '2026-12-17', '2026-12-24'].map((day) => line(day, 'removed'))).quand).toBe('');
});

test('a basket that comes back to its week is no closing, though it leaves another day', () => {
  const back = letter(['reopened'], line('2026-12-24', 'added'), line('2026-12-31', 'removed'));
  expect(back).toMatchObject({ event: 'delivery_reopened', quand: 'le jeudi 24 décembre' });
});

test('of several things done at once, each is written what concerns her', () => {
  const acts: CalendarAct[] = ['moved', 'closed'];
  expect(letter(acts, line('2026-12-23', 'moved')).event).toBe('delivery_moved');
  expect(letter(acts, line('2026-12-23', 'moved'), line('2026-12-24', 'removed')).event).toBe('delivery_closed');
});

test('every line is told, and the letter is about something that was done', () => {
  const kinds = fc.constantFrom<DifferenceLine['kind']>('added', 'removed', 'moved', 'changed');
  const lines = fc.array(fc.record({ date: fc.constantFrom('2026-12-24', '2027-01-07'), what: fc.string(), kind: kinds }), {
    minLength: 1,
  });
  const done = fc.uniqueArray(fc.constantFrom<CalendarAct>('closed', 'moved', 'reopened'), { minLength: 1 });
  fc.assert(
    fc.property(lines, done, (all, acts) => {
      const { event, paniers } = calendarLetter(all, new Set(acts), today);
      expect(acts).toContain(event.replace('delivery_', ''));
      expect(paniers).toHaveLength(all.length);
    }),
  );
});

import { expect, test } from 'vitest';
import { type Day, dayOfWeek, type Weekday, weekOf } from '#kernel/day.ts';
import { type HolidayDelivery, holidayQuestions } from './holiday-choices.ts';

const may8 = { day: '2025-05-08', name: '8 mai' };
const context = { today: '2025-03-01', cutoffHours: 24, takenOverOn: null };

/** A delivery on its usual day, prepared the day before unless told otherwise. */
function on(usualDate: Day, more: Partial<HolidayDelivery> & { lead?: number } = {}): HolidayDelivery {
  const deliveryWeekday = (new Date(usualDate).getUTCDay() || 7) as Weekday;
  const preparationWeekday = (((deliveryWeekday - 1 - (more.lead ?? 1) + 7) % 7) + 1) as Weekday;
  return {
    id: 1,
    ...weekOf(usualDate),
    usualDate,
    date: usualDate,
    closed: false,
    holiday: '',
    tour: { preparationWeekday, deliveryWeekday },
    ...more,
  };
}
const ask = (delivery: HolidayDelivery, holidays = [may8], today = context.today) =>
  holidayQuestions([delivery], holidays, { ...context, today });

test('a Thursday on 8 May: Wednesday, or Friday prepared on the holiday, or Saturday', () => {
  expect(ask(on('2025-05-08'))).toMatchObject([
    {
      holiday: may8,
      falls: 'delivery',
      otherDays: [
        { date: '2025-05-07', preparedOn: '2025-05-06', preparedOnHoliday: null },
        { date: '2025-05-09', preparedOn: '2025-05-08', preparedOnHoliday: '8 mai' },
        { date: '2025-05-10', preparedOn: '2025-05-09', preparedOnHoliday: null },
      ],
      proposed: '2025-05-07',
    },
  ]);
});

test('the pilot’s Friday tours of week 19 are prepared on 8 May: Wednesday as VE1 did, or Saturday', () => {
  const [question] = ask(on('2025-05-09'));
  expect(question).toMatchObject({ falls: 'preparation', proposed: '2025-05-07' });
  expect(question!.otherDays.map(({ date }) => date)).toEqual(['2025-05-07', '2025-05-10']);
});

test('never another bank holiday, never another ISO week', () => {
  const friday = { day: '2025-05-09', name: 'Pont' };
  expect(ask(on('2025-05-08', { lead: 0 }), [may8, friday])[0]!.otherDays.map(({ date }) => date)).toEqual(['2025-05-07', '2025-05-10']);
  const monday = ask(on('2025-04-21', { lead: 3 }), [{ day: '2025-04-21', name: 'Lundi de Pâques' }]);
  expect(monday[0]!.otherDays.map(({ date }) => date)).toEqual(['2025-04-22']);
  expect(monday[0]!.otherDays.every(({ date }) => weekOf(date).week === 17)).toBe(true);
});

test('Sunday only when nothing else follows, and not as the proposal', () => {
  const saturday = ask(on('2026-08-15', { lead: 0 }), [{ day: '2026-08-15', name: '15 août' }])[0]!;
  expect(saturday.otherDays.map(({ date }) => date)).toEqual(['2026-08-14', '2026-08-16']);
  expect(saturday.proposed).toBe('2026-08-14');
  const friday = ask(on('2026-05-08', { lead: 0 }), [{ day: '2026-05-08', name: '8 mai' }])[0]!;
  expect(friday.otherDays.map(({ date }) => date)).toEqual(['2026-05-07', '2026-05-09']);
});

test('the whole week but the usual day being holidays, nothing is proposed', () => {
  const all = ([1, 2, 3, 4, 5, 6, 7] as Weekday[]).map((weekday) => ({ day: dayOfWeek({ year: 2025, week: 19 }, weekday), name: 'Fête' }));
  expect(ask(on('2025-05-08'), all)).toMatchObject([{ otherDays: [], proposed: null }]);
});

test('nothing is asked about what was decided, moved, closed or frozen', () => {
  expect(ask(on('2025-05-08', { holiday: '8 mai' }))).toEqual([]);
  expect(ask(on('2025-05-08', { date: '2025-05-07' }))).toEqual([]);
  expect(ask(on('2025-05-08', { closed: true }))).toEqual([]);
  expect(ask(on('2025-05-08'), [may8], '2025-05-06')).toEqual([]);
  expect(ask(on('2025-05-15'))).toEqual([]);
});

test('a day past its own cut-off is not offered', () => {
  expect(ask(on('2025-05-08'), [may8], '2025-05-05')[0]!.otherDays.map(({ date }) => date)).toEqual(['2025-05-09', '2025-05-10']);
});

test('two tours of one day are asked about apart', () => {
  const both = holidayQuestions([on('2025-05-08', { id: 1 }), on('2025-05-08', { id: 2, lead: 3 })], [may8], context);
  expect(both.map(({ delivery, otherDays }) => [delivery.id, otherDays.map(({ date }) => date)])).toEqual([
    [1, ['2025-05-07', '2025-05-09', '2025-05-10']],
    [2, ['2025-05-07', '2025-05-09']],
  ]);
});

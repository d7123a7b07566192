import { expect, test } from 'vitest';
import { dayOfWeek } from '#kernel/day.ts';
import { stateOn } from './state.ts';
import {
  defaultEnd,
  firstDelivery,
  frequencyWishes,
  judgeSubscription,
  type OfferedPlan,
  settleFrequency,
  type Wish,
} from './subscribe.ts';

const today = '2025-10-20';
const season = { startsOn: '2025-01-01', endsOn: '2025-12-31' };
const plan: OfferedPlan = {
  frequencies: ['weekly', 'fortnightly'],
  basketCounts: [],
  categories: [],
  minQuantity: 1,
  maxQuantity: 3,
  archived: false,
  weeks: null,
  membershipRequired: false,
  season,
};
const wish: Wish = { frequency: 'weekly', quantity: 1, basketCount: null, startsOn: '2025-10-29', endsOn: '2025-12-31' };
const customer = { category: 'Particulier', memberships: [] };
const judge = (more: Partial<OfferedPlan>, wished: Partial<Wish> = {}, who: Partial<Parameters<typeof judgeSubscription>[2]> = {}) =>
  judgeSubscription({ ...plan, ...more }, { ...wish, ...wished }, { ...customer, ...who }, today);

test('a plan is taken as it is offered, within its season, by members when it asks for it', () => {
  expect(judge({})).toBeNull();
  expect(judge({}, { quantity: 4 })).toEqual({ why: 'too_many', max: 3 });
  expect(judge({}, { frequency: 'first_of_month' })).toMatchObject({ why: 'frequency' });
  expect(judge({ categories: ['Salarié'] })).toMatchObject({ why: 'reserved' });
  expect(judge({ season: { ...season, endsOn: '2025-10-19' } })).toEqual({ why: 'season_over', endsOn: '2025-10-19' });
  expect(judge({ season: { startsOn: '2025-11-01', endsOn: '2026-03-31' } })).toEqual({ why: 'before_season', startsOn: '2025-11-01' });
  expect(judge({}, { endsOn: '2026-01-31' })).toEqual({ why: 'after_season', endsOn: '2025-12-31' });
  expect(judge({ basketCounts: [12] }, { endsOn: '2026-12-31', basketCount: 12 })).toBeNull();
  expect(judge({}, { endsOn: '2025-10-28' })).toEqual({ why: 'ends_before' });
  expect(judge({ membershipRequired: true })).toEqual({ why: 'no_membership', on: '2025-10-29' });
  expect(judge({ membershipRequired: true }, {}, { dispensed: true })).toBeNull();
  const member = (endsOn: string) => judge({ membershipRequired: true }, {}, { memberships: [{ startsOn: '2025-01-01', endsOn }] });
  expect(member('2025-10-28')).toMatchObject({ why: 'no_membership' });
  expect(member('2025-10-29')).toBeNull();
});

test('the side of weeks is the one asked for, or the lightest', () => {
  expect(settleFrequency('odd_weeks', { odd_weeks: 90 })).toEqual({ frequency: 'odd_weeks', sides: null });
  expect(settleFrequency('fortnightly', { even_weeks: 12, odd_weeks: 3 }).frequency).toBe('odd_weeks');
  expect(frequencyWishes(['weekly', 'fortnightly'])).toEqual(['weekly', 'fortnightly', 'even_weeks', 'odd_weeks']);
});

test('it starts with the first delivery of its own that still changes', () => {
  const deliveries = [44, 45, 46, 47].map((week) => {
    const date = dayOfWeek({ year: 2025, week }, 3);
    return { id: week, year: 2025, week, usualDate: date, date, closed: week === 46 };
  });
  const first = (frequency: 'weekly' | 'even_weeks' | 'odd_weeks', weeks: number[] | null = null, from = '2025-10-01') =>
    firstDelivery(deliveries, { frequency, weeks }, from, (one) => one.week > 44);
  expect(first('weekly')).toBe('2025-11-05');
  expect(first('weekly', null, '2025-11-06')).toBe('2025-11-19');
  expect(first('even_weeks')).toBeNull();
  expect(first('odd_weeks', [47])).toBe('2025-11-19');
});

test('it ends with its season, or a year later; bought baskets last until the end of the season after', () => {
  const next = { startsOn: '2026-01-01', endsOn: '2026-12-15' };
  expect(defaultEnd('2025-10-29', season, false, [season, next])).toBe('2025-12-31');
  expect(defaultEnd('2025-10-29', null, false, [])).toBe('2026-10-28');
  expect(defaultEnd('2024-02-29', null, false, [])).toBe('2025-02-28');
  expect(defaultEnd('2025-10-29', season, true, [next, season])).toBe('2026-12-15');
  expect(defaultEnd('2025-10-29', null, true, [season])).toBe('2026-12-31');
  expect(defaultEnd('2025-10-29', null, true, [])).toBe('2026-12-31');
});

test('a subscription stands where its dates, its start and its last basket put it', () => {
  const state = (more: object) =>
    stateOn({ startsOn: '2025-10-01', endsOn: '2025-12-31', awaiting: false, basketsLeft: null, ...more }, today);
  expect(state({})).toBe('running');
  expect(state({ startsOn: '2025-10-21' })).toBe('to_come');
  expect(state({ awaiting: true, startsOn: '2025-10-21' })).toBe('awaiting');
  expect(state({ endsOn: '2025-10-19', awaiting: true })).toBe('ended');
  expect(state({ basketsLeft: 0 })).toBe('ended');
  expect(state({ basketsLeft: 1 })).toBe('running');
});

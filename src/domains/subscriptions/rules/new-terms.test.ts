import { expect, test } from 'vitest';
import { invented, seasonOf, yearOf } from './invented.ts';
import { firstFreeWeek, mondaysOn, toursFrom, withoutTerms, withTerms } from './new-terms.ts';
import type { Terms } from './plan.ts';

const season = seasonOf(yearOf(2025, 3, [], 1), yearOf(2025, 5, [], 2));
const today = '2025-10-20';
/** Wednesdays are frozen up to week 43, Fridays up to week 42. */
const stateOf = ({ usualDate }: { usualDate: string }) => (usualDate <= '2025-10-22' ? ('frozen' as const) : ('open' as const));
const subscription = invented();
const [first] = subscription.terms;
const terms = (fromWeek: number, more: Partial<Terms> = {}): Terms => ({ ...first!, fromYear: 2025, fromWeek, ...more });

test('other terms begin once every tour concerned still changes, this week at the earliest', () => {
  expect(firstFreeWeek([1], { season, stateOf }, today)).toEqual({ year: 2025, week: 44 });
  expect(firstFreeWeek([2], { season, stateOf }, today)).toEqual({ year: 2025, week: 43 });
  expect(firstFreeWeek([2, 1], { season, stateOf }, today)).toEqual({ year: 2025, week: 44 });
  expect(firstFreeWeek([9], { season, stateOf }, '2025-12-30')).toEqual({ year: 2026, week: 1 });
});

test('terms take their place in order; those of the same week give way, later ones stand', () => {
  const changed = withTerms(withTerms(subscription, terms(50)), terms(45, { quantity: 2 }));
  expect(changed.terms.map((one) => [one.fromWeek, one.quantity])).toEqual([
    [0, 1],
    [45, 2],
    [50, 1],
  ]);
  expect(withTerms(changed, terms(45, { quantity: 3 })).terms.map((one) => one.quantity)).toEqual([1, 3, 1]);
  expect(withoutTerms(changed, { year: 2025, week: 45 }).terms).toHaveLength(2);
  expect(withoutTerms(changed, { year: 0, week: 0 }).terms).toHaveLength(3);
});

test('the tours of a subscription from a week on leave out those it has left', () => {
  const moved = withTerms(subscription, terms(45, { tourId: 2 }));
  expect(toursFrom(moved, { year: 2025, week: 44 })).toEqual([first!.tourId, 2]);
  expect(toursFrom(moved, { year: 2025, week: 45 })).toEqual([2]);
});

test('Mondays are offered up to the last week', () => {
  expect(mondaysOn({ year: 2025, week: 51 }, '2025-12-31', 10)).toEqual(['2025-12-15', '2025-12-22', '2025-12-29']);
  expect(mondaysOn({ year: 2025, week: 51 }, '2026-12-31', 2)).toHaveLength(2);
});

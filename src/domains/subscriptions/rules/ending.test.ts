import { expect, test } from 'vitest';
import { inTrial, lastPrepared, lostSince, proposedEnd, requestsAfter } from './ending.ts';
import { asked, invented, seasonOf, yearOf } from './invented.ts';
import type { Planned } from './requests.ts';

const today = '2025-10-20';
const season = seasonOf(yearOf(2025));
/** Wednesday 22 October is frozen. */
const planned = (more: Partial<Planned> = {}): Planned => ({
  subscription: invented(),
  season,
  requests: [],
  stateOf: ({ usualDate }) => (usualDate <= '2025-10-22' ? 'frozen' : 'open'),
  ...more,
});
const held = [
  { usualDate: '2025-10-15', date: '2025-10-15', quantity: 1 },
  { usualDate: '2025-10-22', date: '2025-10-21', quantity: 1 },
];

test('it ends with the last basket prepared at the earliest, and after its notice unless it is being tried', () => {
  expect(lastPrepared(held)).toBe('2025-10-22');
  expect(lastPrepared([])).toBeNull();
  expect(inTrial(held, 1, today)).toBe(true);
  expect(inTrial(held, 1, '2025-10-21')).toBe(false);
  expect(inTrial([], null, today)).toBe(false);
  const proposed = (more: object) =>
    proposedEnd({ endsOn: '2025-12-31', noticeDays: 30, trial: false, earliest: '2025-10-22', ...more }, today);
  expect(proposed({})).toBe('2025-11-19');
  expect(proposed({ trial: true })).toBe('2025-10-22');
  expect(proposed({ endsOn: '2025-11-01' })).toBe('2025-11-01');
});

test('requests about weeks after the end go; a basket owed from before stays, and so does what is frozen', () => {
  const before = asked('postpone', 45, { id: 1, toYear: 2025, toWeek: 50, quantity: 1 });
  const after = asked('cancel', 49, { id: 2 });
  const frozen = asked('cancel', 43, { id: 3 });
  const found = requestsAfter(planned({ requests: [before, after, frozen] }), '2025-11-20');
  expect(found.map((request) => request.id)).toEqual([2]);
  expect(requestsAfter(planned({ requests: [frozen] }), '2025-10-01')).toEqual([]);
});

test('what froze without it since it ended is lost; what it holds is not', () => {
  expect(lostSince(planned(), '2025-10-10', () => false)).toEqual(['2025-10-15', '2025-10-22']);
  expect(lostSince(planned(), '2025-10-10', () => true)).toEqual([]);
  expect(lostSince(planned(), '2025-10-22', () => false)).toEqual([]);
  expect(lostSince(planned({ subscription: invented({ basketCount: 20 }) }), '2025-10-10', () => false)).toEqual([]);
});

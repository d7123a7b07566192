import { expect, test } from 'vitest';
import { isStanding, mayOffer, sayKept, waitingState } from './waiting.ts';

test('an offer holds up to its last day, then is over by itself', () => {
  const offered = { state: 'offered', offeredUntil: '2025-10-27' } as const;
  expect(waitingState(offered, '2025-10-27')).toBe('offered');
  expect(waitingState(offered, '2025-10-28')).toBe('expired');
  expect(waitingState({ state: 'waiting', offeredUntil: null }, '2025-10-28')).toBe('waiting');
  expect([mayOffer('waiting'), mayOffer('expired'), mayOffer('offered'), mayOffer('accepted')]).toEqual([true, true, false, false]);
  expect([isStanding('expired'), isStanding('withdrawn')]).toEqual([true, false]);
});

test('until when a place is kept: the year only when it is another', () => {
  expect(sayKept('2026-01-03', '2025-12-28')).toBe('samedi 3 janvier 2026');
  expect(sayKept('2026-01-03', '2026-01-01')).toBe('samedi 3 janvier');
});

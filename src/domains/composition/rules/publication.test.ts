import { expect, test } from 'vitest';
import { isPublished, publishedFrom, sayMoment } from './publication.ts';

test('so many hours before the delivery day begins, by the clock of France', () => {
  // Wednesday 22 October begins at 22:00 UTC the day before, in summer time; 48 hours before is Monday at midnight.
  expect(publishedFrom('2025-10-22', 0).toISOString()).toBe('2025-10-21T22:00:00.000Z');
  expect(publishedFrom('2025-10-22', 48).toISOString()).toBe('2025-10-19T22:00:00.000Z');
  // In winter the day begins at 23:00 UTC. Clocks change on 26 October: 72 hours before Tuesday 28 are hours that pass, not days.
  expect(publishedFrom('2025-12-10', 0).toISOString()).toBe('2025-12-09T23:00:00.000Z');
  expect(publishedFrom('2025-10-28', 72).toISOString()).toBe('2025-10-24T23:00:00.000Z');
});

test('null before its hour, seen from its very minute on', () => {
  expect(isPublished('2025-10-22', 12, new Date('2025-10-21T09:59:59.999Z'))).toBe(false);
  expect(isPublished('2025-10-22', 12, new Date('2025-10-21T10:00:00.000Z'))).toBe(true);
});

test('the moment as people say it', () => {
  expect(sayMoment(publishedFrom('2025-10-22', 48))).toBe('lundi 20 octobre à minuit');
  expect(sayMoment(publishedFrom('2025-10-02', 16))).toBe('mercredi 1er octobre à 8 h');
  expect(sayMoment(new Date('2025-10-22T15:30:00Z'))).toBe('mercredi 22 octobre à 17 h 30');
});

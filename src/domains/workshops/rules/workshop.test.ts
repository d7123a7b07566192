import { describe, expect, test } from 'vitest';
import { mayBeShown, sayWhen, standingOf, type When } from './workshop.ts';

test('when, as people say it', () => {
  const said = (when: When) => sayWhen(when).replaceAll('\u00a0', ' ');
  expect(said({ day: '2026-11-28', from: '14:00', until: '16:30' })).toBe('samedi 28 novembre, de 14 h à 16 h 30');
  expect(said({ day: '2026-12-01', from: '09:05', until: '10:00' })).toBe('mardi 1er décembre, de 9 h 05 à 10 h');
});

describe('where a workshop stands', () => {
  const workshop = { published: true, cancelled: false, day: '2026-11-28', enrolUntil: '2026-11-26', seats: 8, taken: 5 };
  test.each([
    ['open', '2026-11-26', {}],
    ['closed', '2026-11-27', {}],
    ['closed', '2026-11-28', {}],
    ['past', '2026-11-29', {}],
    ['full', '2026-11-20', { taken: 8 }],
    ['full', '2026-11-20', { taken: 9 }],
    ['draft', '2026-11-20', { published: false }],
    ['cancelled', '2026-11-29', { cancelled: true, published: false }],
  ] as const)('%s on %s', (standing, today, change) => {
    expect(standingOf({ ...workshop, ...change }, today)).toBe(standing);
  });
});

test('a photo is shown while everybody on it agrees; silence is no agreement', () => {
  expect(mayBeShown([])).toBe(true);
  expect(mayBeShown([true, true])).toBe(true);
  expect(mayBeShown([true, null])).toBe(false);
  expect(mayBeShown([false])).toBe(false);
});

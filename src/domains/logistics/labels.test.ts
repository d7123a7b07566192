import { expect, test } from 'vitest';
import { sayBriefDay, sayKilometres, sayMinutes, sayTime } from './labels.ts';

test('days in a few letters', () => {
  expect(sayBriefDay('2025-05-07')).toBe('me. 7 mai');
  expect(sayBriefDay('2025-06-01')).toBe('di. 1er juin');
  expect(sayBriefDay('2024-02-29')).toBe('je. 29 février');
  expect(sayBriefDay('2025-08-11')).toBe('lu. 11 août');
});

test('times as people write them', () => {
  expect(sayTime('08:20:00')).toBe('08h20');
  expect(sayTime(null)).toBe('');
});

test('ways and whiles, in one piece', () => {
  expect(sayKilometres(38_449)).toBe('38,4\u00a0km');
  expect(sayKilometres(0)).toBe('0,0\u00a0km');
  expect([40, 60, 95].map(sayMinutes)).toEqual(['40\u00a0min', '1\u00a0h\u00a000', '1\u00a0h\u00a035']);
});

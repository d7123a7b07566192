import { expect, test } from 'vitest';
import { sayBriefDay, sayTime } from './labels.ts';

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

import { expect, it } from 'vitest';
import { sayMoment } from './history.ts';

it.each([
  ['2025-10-22T12:05:00Z', 'le mercredi 22 octobre 2025 à 14 h 05'],
  ['2025-12-31T23:30:00Z', 'le jeudi 1er janvier 2026 à 0 h 30'],
])('%s is said as in France', (at, words) => expect(sayMoment(at).replace(/[\u00a0\u202f]/g, ' ')).toBe(words));

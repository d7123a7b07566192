import { expect, test } from 'vitest';
import { freeSlug, slugOf } from './slug.ts';

test.each([
  ["Jardin de l'Étang", 'jardin-de-l-etang'],
  ['  Les Œillets & Cie  ', 'les-oeillets-cie'],
  ['日本', 'jardin'],
  [`${'a'.repeat(39)} b`, 'a'.repeat(39)],
])('%s is called %s in addresses', (name, slug) => {
  expect(slugOf(name)).toBe(slug);
});

test('a taken name gets the next free number', () => {
  expect(freeSlug('pilote', new Set())).toBe('pilote');
  expect(freeSlug('pilote', new Set(['pilote', 'pilote-2', 'pilote-4']))).toBe('pilote-3');
});

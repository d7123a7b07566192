import { expect, test } from 'vitest';
import { merge } from './merge.ts';

const base = { city: 'Épinal', phone: '1', email: 'a' };

test('what only the other one changed is taken over, what I changed is kept', () => {
  expect(merge(base, { ...base, phone: '2' }, { ...base, city: 'Charmes' })).toEqual({
    merged: { city: 'Charmes', phone: '2', email: 'a' },
    conflicts: [],
    taken: ['city'],
  });
});

test('what both changed differently is a conflict: mine is kept', () => {
  const { merged, conflicts } = merge(base, { ...base, city: 'Golbey' }, { ...base, city: 'Charmes' });
  expect(conflicts).toEqual(['city']);
  expect(merged.city).toBe('Golbey');
});

test('the same change made twice is none', () => {
  expect(merge(base, { ...base, city: 'Charmes' }, { ...base, city: 'Charmes' })).toMatchObject({ conflicts: [], taken: [] });
});

test('without what the record said, every difference is a conflict', () => {
  expect(merge({}, { ...base, city: 'Golbey' }, base).conflicts).toEqual(['city']);
});

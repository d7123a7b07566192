import { afterEach, expect, test } from 'vitest';
import { isUnread, knowUnread } from './unread.ts';

afterEach(() => knowUnread(() => false));

// As SvelteKit writes what a `load` gave (runtime/server/page/data_serializer.js).
const given = { type: 'data', data: { rows: [] }, uses: {} };

test('what a load gave is written unless the answer sends no script', () => {
  expect(isUnread(given)).toBe(false);
  knowUnread(() => true);
  expect(isUnread(given)).toBe(true);
});

test('nothing else is taken for what a load gave', () => {
  knowUnread(() => true);
  for (const value of [null, 'data', { type: 'data' }, { data: 1, uses: 2 }, { type: 'skip', data: 1, uses: 2 }])
    expect(isUnread(value)).toBe(false);
});

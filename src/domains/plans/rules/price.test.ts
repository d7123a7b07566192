import { expect, test } from 'vitest';
import { always, mayAddPrice, mayRemovePrice, nextPrice, priceOn } from './price.ts';

const prices = [
  { startsOn: '2026-01-01', priceCents: 1450 },
  { startsOn: always, priceCents: 1320 },
  { startsOn: '2025-01-01', priceCents: 1380 },
];

test('the latest price that has begun holds, from its very first day', () => {
  expect(priceOn(prices, '2024-12-31')?.priceCents).toBe(1320);
  expect(priceOn(prices, '2025-01-01')?.priceCents).toBe(1380);
  expect(priceOn(prices, '2025-12-31')?.priceCents).toBe(1380);
  expect(priceOn(prices, '2030-06-01')?.priceCents).toBe(1450);
  expect(priceOn([], '2025-01-01')).toBeNull();
  expect(priceOn([prices[0]!], '2025-12-31')).toBeNull();
});

test('the next price is the first to come', () => {
  expect(nextPrice(prices, '2024-05-01')?.startsOn).toBe('2025-01-01');
  expect(nextPrice(prices, '2025-12-31')?.startsOn).toBe('2026-01-01');
  expect(nextPrice(prices, '2026-01-01')).toBeNull();
});

test('the past is not written anew', () => {
  expect([mayAddPrice('2025-10-19', '2025-10-20'), mayAddPrice('2025-10-20', '2025-10-20')]).toEqual([false, true]);
  expect([mayRemovePrice('2025-10-20', '2025-10-20'), mayRemovePrice('2025-10-21', '2025-10-20')]).toEqual([false, true]);
});

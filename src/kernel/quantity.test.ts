import { expect, test } from 'vitest';
import { formatQuantity, formatUnitPrice, parseQuantity, parseUnitPrice } from './quantity.ts';

test('quantities are said in the unit people weigh with', () => {
  expect(formatQuantity(500, 'kg')).toBe('500 g');
  expect(formatQuantity(1500, 'kg')).toBe('1,5 kg');
  expect(formatQuantity(0, 'kg')).toBe('0 kg');
  expect(formatQuantity(1000, 'piece')).toBe('1 pièce');
  expect(formatQuantity(2000, 'bunch')).toBe('2 bottes');
});

test('quantities are read exactly, or not at all', () => {
  expect(parseQuantity('0,5')).toBe(500);
  expect(parseQuantity('1 250.25')).toBe(1_250_250);
  expect(parseQuantity('0,0005')).toBeNull();
  expect(parseQuantity('-1')).toBeNull();
  expect(parseQuantity('')).toBeNull();
});

test('prices keep four decimals', () => {
  expect(parseUnitPrice('1,51 €')).toBe(15_100);
  expect(parseUnitPrice('1.2345')).toBe(12_345);
  expect(parseUnitPrice('1,23456')).toBeNull();
  expect(formatUnitPrice(15_100)).toBe('1,51\u00a0€');
  expect(formatUnitPrice(12_345)).toBe('1,2345\u00a0€');
});

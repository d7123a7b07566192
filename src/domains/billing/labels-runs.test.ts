import { expect, test } from 'vitest';
import { sayDocuments } from './labels-runs.ts';

test('what a run made is said in words, nothing included: two people may start the same one', () => {
  expect(sayDocuments(754, 0)).toBe('754 factures');
  expect(sayDocuments(1, 2)).toBe('1 facture et 2 avoirs');
  expect(sayDocuments(0, 1)).toBe('1 avoir');
  expect(sayDocuments(0, 0)).toBe('aucune facture');
});

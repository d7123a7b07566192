import { expect, test } from 'vitest';
import { mentionsOn } from './mentions.ts';

test('a garden that charges no VAT says why, one that does says nothing of it', () => {
  const vat = (vatLiable: boolean, vatReason: '293B' | '261-7') =>
    mentionsOn('2025-10-31', { vatLiable, vatReason }).everybody.filter((text) => text.includes('TVA'));
  expect(vat(true, '293B')).toEqual([]);
  expect(vat(false, '293B')).toEqual(['TVA non applicable, art. 293 B du CGI.']);
  expect(vat(false, '261-7')).toEqual(['Exonération de TVA, art. 261, 7-1° du CGI.']);
});

test('the fixed sum for late payment is of organisations, since 2013', () => {
  const garden = { vatLiable: true, vatReason: '293B' } as const;
  expect(mentionsOn('2025-10-31', garden).organisations.join()).toContain('40 €');
  expect(mentionsOn('2025-10-31', garden).everybody.join()).not.toContain('40 €');
  expect(mentionsOn('2012-12-31', garden).organisations).toEqual([]);
});

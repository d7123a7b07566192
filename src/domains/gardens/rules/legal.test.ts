import { expect, test } from 'vitest';
import { isRna, isSiren, isSiret, isVatNumber, saySiret } from './legal.ts';

test('a SIRET holds two keys', () => {
  expect(isSiren('732829320')).toBe(true);
  expect(isSiret('73282932000074')).toBe(true);
  for (const wrong of ['73282932000075', '73282932100074', '7328293200007', '']) expect(isSiret(wrong), wrong).toBe(false);
  expect(isSiret('35600000000048')).toBe(true);
  expect(isSiret('35600000049837')).toBe(true);
  expect(saySiret('73282932000074')).toBe('732 829 320 00074');
});

test('a VAT number holds the key of its SIREN; a RNA number its letter', () => {
  expect(isVatNumber('FR44732829320')).toBe(true);
  for (const wrong of ['FR45732829320', 'FR44732829321', '44732829320', 'DE44732829320']) expect(isVatNumber(wrong), wrong).toBe(false);
  expect([isRna('W882001234'), isRna('882001234'), isRna('W88200123')]).toEqual([true, false, false]);
});

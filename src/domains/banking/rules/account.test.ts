import { expect, test } from 'vitest';
import { bankOf, bareIban, sayIban, whyNotBic, whyNotCreditor, whyNotIban } from './account.ts';

test('an account is checked as a whole: mod 97, keys of its bank, zone', () => {
  expect(whyNotIban(bareIban('fr76 3000 6000 0112 3456 7890 189'))).toBeNull();
  expect(whyNotIban('FR7630006000011234567890188')).toContain('chiffre de l’IBAN est faux');
  expect(whyNotIban('FR7630006')).toContain('pas un IBAN complet');
  expect(whyNotIban('')).toContain('manque');
  // Brazil: a right IBAN, out of reach.
  expect(whyNotIban('BR1500000000000010932840814P2')).toContain('hors de la zone');
  expect(sayIban('FR7630006000011234567890189')).toBe('FR76 3000 6000 0112 3456 7890 189');
});

test('a BIC may be missing, not be wrong', () => {
  expect(whyNotBic('')).toBeNull();
  expect(whyNotBic('AGRIFRPP888')).toBeNull();
  expect(whyNotBic('AGRI')).toContain('BIC');
});

test('the same bank is told by the IBAN', () => {
  expect(bankOf('FR7630006000011234567890189')).toBe('FR30006');
  expect(bankOf('DE89370400440532013000')).toBe('DE3704');
});

test('creditor identifiers: the three free signs do not count', () => {
  // The example of the European Payments Council, with two choices of its free signs.
  expect(whyNotCreditor('DE98ZZZ09999999999')).toBeNull();
  expect(whyNotCreditor('DE98ABC09999999999')).toBeNull();
  expect(whyNotCreditor('FR72ZZZ123456')).toBeNull();
  expect(whyNotCreditor('FR73ZZZ123456')).toContain('contrôle');
  expect(whyNotCreditor('FR72ZZZ12345')).toContain('13 signes');
  expect(whyNotCreditor('')).toContain('manque');
});

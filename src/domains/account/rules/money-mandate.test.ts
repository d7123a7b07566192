import { expect, test } from 'vitest';
import { mandateWords } from '#domains/banking/rules/mandate-words.ts';
import { signedText } from './money-mandate.ts';

const creditor = { name: 'Jardin d’essai', identifier: 'FR72ZZZ123456', address: '1 chemin des Prés, 57000 Metz' };
const parties = {
  creditor,
  debtor: { name: 'Jeanne Bonnet', address: '2 rue Haute, 57000 Metz' },
  reference: 'RUM12-1',
  iban: 'FR7630006000011234567890189',
  bic: '',
};
const consent = {
  person: 'Jeanne Bonnet',
  email: 'jeanne@exemple.test',
  at: '22/11/2026 à 14:05:12 (heure de Paris)',
  address: '192.0.2.7',
  agent: 'Mozilla/5.0',
};

test('the evidence holds the parties, the account, every word shown, and how it was agreed', () => {
  const text = signedText('signature', parties, consent);
  for (const part of [
    ...mandateWords(creditor),
    ...['RUM12-1', 'FR72ZZZ123456', 'FR7630006000011234567890189', '1 chemin des Prés', '2 rue Haute'],
    ...Object.values(consent),
  ])
    expect(text).toContain(part);
  expect(text).not.toContain('BIC');
});

test('a change of account is named so, and a silent browser is told unknown', () => {
  const text = signedText('account', { ...parties, bic: 'AGRIFRPP888' }, { ...consent, agent: '' });
  expect(text.startsWith('Changement de compte')).toBe(true);
  expect(text).toContain('BIC : AGRIFRPP888');
  expect(text).toContain('Navigateur : inconnu');
});

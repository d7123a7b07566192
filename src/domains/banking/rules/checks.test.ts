import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '#kernel/day.ts';
import { faultsOfAccount, faultsOfAmount, faultsOfMandate, whyNotDue } from './checks.ts';
import { sayPieces, toDebit } from './owed.ts';

const mandate = {
  id: 7,
  reference: 'COC001001-3',
  iban: 'FR7630006000011234567890189',
  signedOn: '2023-07-19',
  endedOn: null,
  once: false,
  lastDebitOn: '2025-09-05',
};
const says = (one: Parameters<typeof faultsOfMandate>[1]) =>
  faultsOfMandate(12, one, '2025-11-05', '2025-10-20').map((fault) => fault.says);

test('a right mandate has nothing to mend; each fault says what and where', () => {
  expect(says(mandate)).toEqual([]);
  expect(faultsOfMandate(12, null, '2025-11-05', '2025-10-20')[0]!.mend!.path).toBe('/prelevements/mandats/nouveau?client=12');
  expect(says({ ...mandate, endedOn: '2025-10-31' })[0]).toContain('terminé depuis le 31/10/2025');
  expect(says({ ...mandate, signedOn: '2020-01-01', lastDebitOn: '2022-11-05' })[0]).toContain('caduc depuis le 05/11/2025');
  expect(says({ ...mandate, signedOn: '2025-10-30' })[0]).toContain('dans l’avenir');
  expect(says({ ...mandate, iban: 'FR76', reference: 'rum_1' })).toHaveLength(2);
});

test('never more than what is owed', () => {
  expect(faultsOfAmount(5520, 5520)).toEqual([]);
  expect(faultsOfAmount(5520, 0)[0]!.says).toContain('Plus rien');
  expect(faultsOfAmount(5520, 2000)[0]!.says).toContain('20,00');
});

test('the garden’s own account', () => {
  const account = { id: 1, holder: 'Jardin', iban: mandate.iban, creditorIdentifier: 'FR72ZZZ123456' };
  expect(faultsOfAccount(account)).toEqual([]);
  expect(faultsOfAccount({ ...account, holder: '', creditorIdentifier: '' })).toHaveLength(2);
});

test('a due day is a bank day, the file there the day before', () => {
  expect(whyNotDue('2025-11-05', '2025-10-20')).toBeNull();
  expect(whyNotDue('2025-11-08', '2025-10-20')).toContain('lundi 10 novembre 2025');
  expect(whyNotDue('2025-12-24', '2025-12-24')).toContain('lundi 29 décembre 2025');
});

const item = fc.record({
  left: fc.integer({ min: -9000, max: 9000 }),
  dueOn: fc.integer({ min: 0, max: 60 }).map((days) => addDays('2025-10-01', days)),
  piece: fc.constantFrom('F1', 'F2', 'F3'),
});

test('what is debited is due, is not on its way, and is never below zero', () => {
  fc.assert(
    fc.property(fc.array(item), fc.integer({ min: -5000, max: 20_000 }), (open, coming) => {
      const due = open.filter(({ left, dueOn }) => left > 0 && dueOn <= '2025-11-05').reduce((sum, { left }) => sum + left, 0);
      const { amount } = toDebit(open, '2025-11-05', coming);
      expect(amount).toBe(Math.max(0, due - Math.max(0, coming)));
    }),
  );
});

test('documents are named as far as they fit', () => {
  expect(sayPieces(['F1', 'F2'])).toBe('F1, F2');
  expect(sayPieces(['REPRISE-1721', 'F2'])).toBe('solde repris, F2');
  expect(sayPieces(['F2025-00001', 'F2025-00002', 'F2025-00003'], 25)).toBe('F2025-00001, F2025-00002 et 1 de plus');
});

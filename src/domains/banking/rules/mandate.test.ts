import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '#kernel/day.ts';
import { amendmentOf, lapsesOn, sequenceOf, stateOn } from './mandate.ts';

const mandate = { signedOn: '2022-03-15', endedOn: null, once: false, lastDebitOn: null };

test('36 months without a debit, from the signature or from the last one handed to the bank', () => {
  expect(lapsesOn(mandate)).toBe('2025-03-15');
  expect(stateOn(mandate, '2025-03-14')).toBe('active');
  expect(stateOn(mandate, '2025-03-15')).toBe('lapsed');
  expect(stateOn({ ...mandate, lastDebitOn: '2024-02-29' }, '2027-02-27')).toBe('active');
  expect(lapsesOn({ ...mandate, lastDebitOn: '2024-02-29' })).toBe('2027-02-28');
});

test('it ends with its last day, and a mandate for one debit with that debit', () => {
  expect(stateOn({ ...mandate, endedOn: '2023-01-31' }, '2023-01-31')).toBe('active');
  expect(stateOn({ ...mandate, endedOn: '2023-01-31' }, '2023-02-01')).toBe('ended');
  expect(stateOn({ ...mandate, once: true, lastDebitOn: '2022-04-05' }, '2022-05-05')).toBe('ended');
});

test('first, following, single', () => {
  expect(sequenceOf({ once: false, lastDebitOn: null })).toBe('FRST');
  expect(sequenceOf({ once: false, lastDebitOn: '2025-10-06' })).toBe('RCUR');
  expect(sequenceOf({ once: true, lastDebitOn: null })).toBe('OOFF');
});

const none = { formerIban: '', formerReference: '', formerCreditor: '', sameBank: true };
const now = { iban: 'FR3', reference: 'RUM', creditor: 'ICS' };

test('a change of account is told: the former one in the same bank, SMNDA in another', () => {
  expect(amendmentOf([], now)).toBeNull();
  expect(amendmentOf([{ ...none, formerIban: 'FR1' }], now)).toEqual({ reference: null, creditor: null, account: 'FR1' });
  expect(amendmentOf([{ ...none, formerIban: 'FR1', sameBank: false }], now)?.account).toBe('SMNDA');
});

test('several changes make one: the bank knows the first; what came back to it is not told', () => {
  const twice = [
    { ...none, formerIban: 'FR1' },
    { ...none, formerIban: 'FR2', sameBank: false },
  ];
  expect(amendmentOf(twice, now)?.account).toBe('SMNDA');
  expect(amendmentOf([{ ...none, formerIban: 'FR3' }], now)).toBeNull();
  expect(amendmentOf([{ ...none, formerReference: 'OLD', formerCreditor: 'ICS' }], now)).toEqual({
    reference: 'OLD',
    creditor: null,
    account: null,
  });
});

test('a mandate that is debited every month never lapses', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 6000 }), fc.integer({ min: 0, max: 1090 }), (start, gap) => {
      const last = addDays('2020-01-01', start);
      expect(stateOn({ ...mandate, signedOn: '2019-01-01', lastDebitOn: last }, addDays(last, gap))).toBe('active');
    }),
  );
});

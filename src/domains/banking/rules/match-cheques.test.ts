import { assert as check, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { proposeAll } from './match.ts';
import type { Known, KnownCheque } from './match-known.ts';
import { targetKey } from './proposal.ts';
import type { BankLine } from './statement.ts';

const blank: BankLine = {
  ...{ key: 'k', entryKey: '', entryCents: 0, transactions: 1, day: '2025-11-05', valueDay: null, amount: -3000, label: '' },
  ...{ counterparty: '', counterpartyIban: '', endToEnd: '', mandateReference: '', messageId: '', returnReason: '' },
};
const cheque = (id: number, name: string, number: string, amount: number, more: Partial<KnownCheque> = {}): KnownCheque => ({
  ...{ id, name, lastName: name.split(' ').slice(0, -1).join(' '), number, amount, day: '2025-10-25', slip: 17, state: 'paid' },
  ...more,
});
const debit = { id: 12, customer: 2, name: 'Roy Anna', mandate: 'RUM-2', iban: 'FR2', dueOn: '2025-11-03', state: 'confirmed' as const };
const known: Known = {
  ...{ lots: [], slips: [], transfers: [], payments: [], customers: [], habits: [], twins: [] },
  debits: [{ ...debit, endToEnd: 'COC-9-12', amount: 3000 }],
  cheques: [
    cheque(31, 'Roy Anna', '0012345', 3000),
    cheque(32, 'Petit Jean', '4410007', 3000),
    cheque(33, 'De la Rue Jean', '77', 6100),
    cheque(34, '', '5550001', 800, { state: 'rejected' }),
    cheque(35, 'Blanc Zoé', '6660001', 5000, { day: '2024-01-10' }),
  ],
};
const all = (given: Partial<BankLine>) => {
  const line = { ...blank, ...given };
  return proposeAll([line], known)
    .get(line)!
    .map(({ confidence, target }) => `${confidence} ${targetKey(target)}`);
};

describe('a cheque that came back', () => {
  test.each([
    ['its number and its amount', { label: 'CHEQUE IMPAYE 0012345' }, 'sure cheque:31'],
    ['its number without zeros', { label: 'REJET CHQ 12345 PROVISION INSUFFISANTE' }, 'sure cheque:31'],
    ['its number, with the bank’s costs: to look at', { label: 'CHEQUE IMPAYE 4410007', amount: -3990 }, 'likely cheque:32'],
    ['its number alone, without the words: to look at', { label: 'OPERATION 4410007' }, 'likely cheque:32'],
    ['its amount and a name: to look at', { label: 'CHEQUE REJETE PETIT JEAN' }, 'likely cheque:32'],
    ['its amount and a family name, one of two: to look at', { label: 'REJET CHQ PETIT PROVISION INSUFFISANTE' }, 'likely cheque:32'],
    ['the only one of that amount: to look at', { label: 'CHEQUE RETOURNE', amount: -6100 }, 'likely cheque:33'],
    ['one of two', { label: 'CHEQUE IMPAYE' }, 'possible cheque:31'],
    ['noted on its own page before: to look at', { label: 'CHEQUE IMPAYE 5550001', amount: -800 }, 'likely cheque:34'],
    ['a short number says nothing', { label: 'OPERATION 77', amount: -6100 }, undefined],
    ['too old', { label: 'CHEQUE IMPAYE 6660001', amount: -5000 }, undefined],
    ['what the bank takes for it is its costs first', { label: 'FRAIS CHEQUE IMPAYE 0012345' }, 'likely account:627000'],
    ['a cheque of ours', { label: 'CHEQUE 8812345' }, undefined],
    ['money received', { label: 'CHEQUE IMPAYE 0012345', amount: 3000 }, undefined],
  ])('%s', (_, line, expected) => expect(all(line)[0]).toBe(expected));

  test('is no debit of hers, even of the same amount', () =>
    expect(all({ label: 'CHEQUE IMPAYE ROY ANNA', returnReason: 'MS03' })).toEqual(['likely cheque:31', 'possible cheque:32']));

  test('nobody is ever sure of one whose amount differs', () =>
    check(
      property(integer({ min: 1, max: 10_000 }), (cents) => {
        const [first] = all({ label: 'CHEQUE IMPAYE 0012345', amount: -cents });
        expect(first === undefined || first.startsWith('sure') === (cents === 3000)).toBe(true);
      }),
    ));
});

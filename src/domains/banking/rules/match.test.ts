import { array, assert as check, constantFrom, integer, property, record, shuffledSubarray } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { proposeAll } from './match.ts';
import type { Known } from './match-known.ts';
import { habitKey } from './match-others.ts';
import { readTarget, targetKey } from './proposal.ts';
import type { BankLine } from './statement.ts';

const blank: BankLine = {
  ...{
    key: 'k',
    entryKey: '',
    entryCents: 0,
    transactions: 1,
    day: '2025-11-05',
    valueDay: null,
    amount: 4140,
    label: '',
    counterparty: '',
  },
  ...{ counterpartyIban: '', endToEnd: '', mandateReference: '', messageId: '', returnReason: '' },
};
const debit = { customer: 1, name: 'Petit Jean', mandate: 'RUM-1', iban: 'FR1', dueOn: '2025-11-03', state: 'confirmed' as const };
const known: Known = {
  debits: [
    { ...debit, id: 11, endToEnd: 'COC-9-11', amount: 1380 },
    { ...debit, id: 12, endToEnd: 'COC-9-12', amount: 4140, customer: 2, name: 'Blanc Zoé', mandate: 'RUM-2', iban: 'FR2' },
  ],
  lots: [
    {
      batch: 9,
      name: 'Prélèvements de novembre',
      reference: 'COC-9-1',
      total: 5520,
      dueOn: '2025-11-03',
      batchTotal: 6520,
      told: 0,
      endToEnds: ['COC-9-11', 'COC-9-12'],
    },
    {
      batch: 9,
      name: 'Prélèvements de novembre',
      reference: 'COC-9-2',
      total: 1000,
      dueOn: '2025-11-03',
      batchTotal: 6520,
      told: 0,
      endToEnds: ['COC-9-13'],
    },
  ],
  slips: [{ id: 3, number: 17, kind: 'cheque', method: 'Chèque', total: 12_000, day: '2025-11-01' }],
  transfers: [{ batch: 4, name: 'Remboursements', reference: 'COC-V-4', total: 2000, on: '2025-11-04', endToEnds: ['V-1'] }],
  cheques: [],
  payments: [{ id: 21, customer: 3, name: 'Roy Anna', direction: 'in', amount: 2500, day: '2025-11-10', received: false, endToEnd: '' }],
  customers: [
    {
      id: 1,
      number: '1001',
      firstName: 'Jean',
      lastName: 'Petit',
      ibans: ['FR1'],
      owes: 4140,
      documents: [{ id: 71, number: 'F2025-00012', left: 4140 }],
    },
    { id: 2, number: '1002', firstName: 'Zoé', lastName: 'Blanc', ibans: ['FR2', 'FR9'], owes: 0, documents: [] },
    { id: 3, number: '1003', firstName: 'Anna', lastName: 'Roy', ibans: ['FR9'], owes: 2500, documents: [] },
    {
      id: 4,
      number: '1004',
      firstName: 'Jean',
      lastName: 'De la Rue',
      ibans: [],
      owes: 7700,
      documents: [{ id: 74, number: 'F2025-00044', left: 7700 }],
    },
  ],
  twins: [],
  habits: [{ stem: habitKey(-1, 'prlv orange internet'), account: '626000' }],
};
const best = (given: Partial<BankLine>) => {
  const line = { ...blank, ...given };
  const [first] = proposeAll([line], known).get(line)!;
  return first ? `${first.confidence} ${targetKey(first.target)}` : 'nothing';
};

describe('a debit that came back', () => {
  test.each([
    ['by its reference', { endToEnd: 'COC-9-11', amount: -1380, returnReason: 'AM04' }, 'sure return:11'],
    ['by its mandate and amount', { mandateReference: 'RUM-2', amount: -4140, returnReason: 'MD06' }, 'sure return:12'],
    ['by the account it came from', { counterpartyIban: 'FR1', amount: -1380, returnReason: 'AC04' }, 'sure return:11'],
    ['by a reference within the label', { label: 'REJET PRLV COC-9-12', amount: -4140, returnReason: 'MS03' }, 'sure return:12'],
    ['with the bank’s costs: to look at', { endToEnd: 'COC-9-11', amount: -1680, returnReason: 'AM04' }, 'likely return:11'],
    ['of a lesser amount: hardly', { endToEnd: 'COC-9-11', amount: -1000, returnReason: 'AM04' }, 'possible return:11'],
    ['by a name: to look at', { label: 'REJET BLANC ZOE', amount: -4140, returnReason: 'MS03' }, 'likely return:12'],
    ['of nobody', { amount: -4140, returnReason: 'AM04' }, 'nothing'],
  ])('%s', (_, line, expected) => expect(best(line)).toBe(expected));

  test('what is beyond the debit is the bank’s', () => {
    const line = { ...blank, endToEnd: 'COC-9-11', amount: -1680, returnReason: 'AM04' };
    expect(proposeAll([line], known).get(line)![0]!.target).toEqual({ kind: 'return', id: 11, fee: 300 });
  });
});

describe('debits collected', () => {
  test.each([
    ['a lot by its reference', { amount: 5520, messageId: 'COC-9-1' }, 'sure batch:9'],
    ['by a debit it holds', { amount: 5520, endToEnd: 'COC-9-12', transactions: 2 }, 'sure batch:9'],
    ['by its total, with words', { amount: 5520, label: 'REMISE PRELEVEMENTS SEPA' }, 'sure batch:9'],
    ['by its total alone: to look at', { amount: 5520 }, 'likely batch:9'],
    ['its reference with another amount: to look at', { amount: 5000, messageId: 'COC-9-1' }, 'likely batch:9'],
    ['one debit told alone', { amount: 4140, endToEnd: 'COC-9-12' }, 'sure debit:12'],
  ])('%s', (_, line, expected) => expect(best(line)).toBe(expected));

  test('two lots of one file are two sure lines; the same lot twice is not', () => {
    const [one, two] = [
      { ...blank, amount: 5520, messageId: 'COC-9-1' },
      { ...blank, amount: 1000, messageId: 'COC-9-2' },
    ];
    const both = proposeAll([one, two], known);
    expect([one, two].map((line) => both.get(line)![0]!.confidence)).toEqual(['sure', 'sure']);
    const again = { ...one };
    const doubled = proposeAll([one, again], known);
    expect([one, again].map((line) => doubled.get(line)![0]!.confidence)).toEqual(['likely', 'likely']);
  });
});

describe('a transfer received', () => {
  test.each([
    ['its invoice and the exact amount', { label: 'VIR FACT F2025 00012' }, 'sure customer:1:71'],
    ['its invoice, another amount, no name: to look at', { label: 'F2025-00012', amount: 990 }, 'likely customer:1:71'],
    ['its invoice, another amount, the name', { label: 'F2025-00012 PETIT JEAN', amount: 1000 }, 'sure customer:1:71'],
    ['a known account and the exact balance', { counterpartyIban: 'FR1' }, 'sure customer:1'],
    ['a known account alone: to look at', { counterpartyIban: 'FR1', amount: 5 }, 'likely customer:1'],
    ['an account that two share: to look at', { counterpartyIban: 'FR9', amount: 5 }, 'likely customer:2'],
    ['name and amount: to look at, others bear that name', { counterparty: 'MR DE LA RUE JEAN', amount: 7700 }, 'likely customer:4'],
    ['a name alone', { counterparty: 'DE LA RUE', amount: 1 }, 'possible customer:4'],
    ['an amount alone', { amount: 7700 }, 'possible customer:4'],
    ['an announced payment', { counterparty: 'ROY ANNA', amount: 2500 }, 'likely payment:21'],
    ['number, name and amount', { label: 'CLIENT 1004 DE LA RUE JEAN', amount: 7700 }, 'sure customer:4'],
    ['nothing known', { amount: 123 }, 'nothing'],
  ])('%s', (_, line, expected) => expect(best(line)).toBe(expected));
});

describe('the rest', () => {
  test.each([
    ['a slip, its number', { amount: 12_000, label: 'REMISE CHEQUES 0000017' }, 'sure slip:3'],
    ['a slip by its total alone', { amount: 12_000, label: 'VIR X' }, 'possible slip:3'],
    ['refunds by their reference', { amount: -2000, messageId: 'COC-V-4' }, 'sure transfers:4'],
    ['refunds by their total', { amount: -2000 }, 'likely transfers:4'],
    ['costs', { amount: -250, label: 'FRAIS TENUE DE COMPTE' }, 'likely account:627000'],
    ['as the last time', { amount: -2990, label: 'PRLV 112 ORANGE 0411 INTERNET' }, 'likely account:626000'],
    ['a subsidy', { amount: 900_000, label: 'VIR ASP AIDE AU POSTE' }, 'possible account:740000'],
  ])('%s', (_, line, expected) => expect(best(line)).toBe(expected));
});

test('a line that another file may have told is sure of nothing', () => {
  const paid = { ...blank, key: 'k', label: 'client 1001 PETIT JEAN', counterparty: 'PETIT JEAN', counterpartyIban: 'FR1' };
  const twins = [{ id: 77, line: 'k', said: 'Déjà lue' }];
  const of = (given: Known) => proposeAll([paid], given).get(paid)!;
  expect(of(known)[0]!.confidence).toBe('sure');
  expect(of({ ...known, twins }).map(({ confidence }) => confidence)).not.toContain('sure');
  expect(of({ ...known, twins }).map(({ target }) => target)).toContainEqual({ kind: 'line', id: 77 });
});

test('targets are written and read back', () => {
  for (const key of ['customer:1', 'customer:1:71', 'batch:9', 'account:627000', 'payment:21'])
    expect(targetKey(readTarget(key)!)).toBe(key);
  for (const key of ['', 'customer:', 'batch:9:1', 'account:12', 'slip:-1', 'other:1']) expect(readTarget(key)).toBeNull();
});

describe('laws', () => {
  const texts = [
    'F2025-00012',
    'PETIT JEAN',
    'BLANC ZOE',
    'PRLV',
    'REMISE CHEQUES 17',
    'CLIENT 1004',
    'DE LA RUE JEAN',
    'ROY ANNA',
    'REJET',
  ];
  const given = record({
    amount: constantFrom(4140, -4140, 1380, -1380, 5520, 1000, 12_000, 7700, 2500, -2000, 1),
    label: shuffledSubarray(texts, { maxLength: 3 }).map((parts) => parts.join(' ')),
    counterpartyIban: constantFrom('', 'FR1', 'FR2', 'FR9'),
    endToEnd: constantFrom('', 'COC-9-11', 'COC-9-12', 'V-1'),
    messageId: constantFrom('', 'COC-9-1', 'COC-9-2', 'COC-V-4'),
    returnReason: constantFrom('', 'AM04'),
    transactions: integer({ min: 1, max: 3 }),
  });
  const lines = array(given, { maxLength: 6 }).map((all) => all.map((one, at): BankLine => ({ ...blank, ...one, key: String(at) })));
  const sureOf = (all: BankLine[]) =>
    [...proposeAll(all, known)].flatMap(([line, some]) =>
      some.filter(({ confidence }) => confidence === 'sure').map((one) => ({ line, one })),
    );

  test('one sure at most for a line, and what happens once is sure once', () => {
    check(
      property(lines, (all) => {
        const sure = sureOf(all);
        expect(new Set(sure.map(({ line }) => line)).size).toBe(sure.length);
        const once = sure
          .filter(({ one: { target } }) => target.kind !== 'batch' && !(target.kind === 'customer' && target.document === null))
          .map(({ one }) => targetKey(one.target));
        expect(new Set(once).size).toBe(once.length);
        expect(sure.filter(({ one }) => one.target.kind === 'batch').reduce((sum, { line }) => sum + line.amount, 0)).toBeLessThanOrEqual(
          6520,
        );
      }),
    );
  });

  test('the order of lines and of what is known changes nothing', () => {
    const told = (all: BankLine[], what: Known) =>
      Object.fromEntries(
        [...proposeAll(all, what)].map(([{ key }, some]) => [
          key,
          some.map(({ target, confidence }) => `${confidence} ${targetKey(target)}`),
        ]),
      );
    const turned = { ...known, debits: known.debits.toReversed(), customers: known.customers.toReversed(), lots: known.lots.toReversed() };
    check(property(lines, (all) => void expect(told(all.toReversed(), turned)).toEqual(told(all, known))));
  });

  test('nobody is sure by an amount alone, and what is sure of a slip, a return or a file has its exact amount', () => {
    check(
      property(lines, (all) => {
        for (const { line, one } of sureOf(all)) {
          expect(line.label + line.counterpartyIban + line.endToEnd + line.messageId).not.toBe('');
          const { target } = one;
          if (target.kind === 'slip') expect(line.amount).toBe(12_000);
          if (target.kind === 'return') expect(-line.amount).toBe(known.debits.find(({ id }) => id === target.id)!.amount);
          if (target.kind === 'batch') expect(known.lots.map(({ total }) => total)).toContain(line.amount);
        }
      }),
    );
  });
});

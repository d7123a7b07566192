import { array, assert as check, constantFrom, integer, property, record, shuffledSubarray } from 'fast-check';
import { expect, test } from 'vitest';
import type { BankLine } from './statement.ts';
import { mayBeSame, movementsOf, toldTwice } from './told-twice.ts';

const line = (given: Partial<BankLine>): BankLine => ({
  ...{
    key: crypto.randomUUID(),
    entryKey: '',
    entryCents: given.amount ?? 0,
    transactions: 1,
    day: '2025-11-05',
    valueDay: null,
    amount: 0,
    label: '',
  },
  ...{ counterparty: '', counterpartyIban: '', endToEnd: '', mandateReference: '', messageId: '', returnReason: '' },
  ...given,
});
const pairs = (fresh: BankLine[], kept: BankLine[]) =>
  toldTwice(movementsOf(fresh), movementsOf(kept)).map((pair) => [pair.fresh.lines[0]!.label, pair.kept.lines[0]!.label]);

test('a table and a camt file tell one movement in other words', () => {
  const camt = line({ amount: 2500, label: 'VIR SEPA RECU · F2025-00012', counterparty: 'MARTIN CLAIRE', endToEnd: 'NOTPROVIDED' });
  expect(pairs([line({ amount: 2500, label: 'VIR INST M OU MME MARTIN CLAIRE' })], [camt])).toHaveLength(1);
  expect(pairs([line({ amount: 2500, label: 'VIREMENT MARTIN CLAIRE 0512' })], [camt])).toHaveLength(1);
  expect(pairs([line({ amount: 2500, label: 'VIR MARTIN JEAN' })], [camt])).toEqual([]);
  expect(pairs([line({ amount: 2501, label: 'VIR MARTIN CLAIRE' })], [camt])).toEqual([]);
  expect(pairs([line({ amount: 2500, label: 'VIR MARTIN CLAIRE', day: '2025-11-06' })], [camt])).toEqual([]);
  expect(pairs([line({ amount: 2500, label: 'VIR MARTIN CLAIRE', day: '2025-11-06', valueDay: '2025-11-05' })], [camt])).toHaveLength(1);
  expect(
    pairs([line({ amount: -250, label: 'FRAIS TENUE DE COMPTE' })], [line({ amount: -250, label: 'Frais tenue de compte nov.' })]),
  ).toHaveLength(1);
});

test('what only looks alike is left to people', () => {
  const camt = movementsOf([line({ amount: 2500, label: 'REMISE 4512' })])[0]!;
  const of = (given: Partial<BankLine>) => movementsOf([line({ amount: 2500, label: 'VERSEMENT', ...given })])[0]!;
  expect(toldTwice([of({})], [camt])).toEqual([]);
  expect(mayBeSame(of({}), camt)).toBe(true);
  expect(mayBeSame(of({ day: '2025-11-08' }), camt)).toBe(true);
  expect(mayBeSame(of({ day: '2025-11-09' }), camt)).toBe(false);
  expect(mayBeSame(of({ amount: 2499 }), camt)).toBe(false);
});

test('the parts of a movement are what a table tells whole', () => {
  const parts = [1000, 2000].map((amount) =>
    line({ amount, entryKey: 'E', entryCents: 3000, label: 'REMISE CHEQUES 12', endToEnd: `E${amount}` }),
  );
  expect(toldTwice(movementsOf([line({ amount: 3000, label: 'REMISE CHEQUES 12' })]), movementsOf(parts))).toMatchObject([
    { kept: { lines: parts } },
  ]);
});

test('two payments of one person on one day: each is told by what it cites, and the one that only one file has stays', () => {
  const [one, two] = ['F2025-00012', 'F2025-00013'].map((label) => line({ amount: 2500, label: `VIR MARTIN CLAIRE ${label}` })) as [
    BankLine,
    BankLine,
  ];
  const camt = line({ amount: 2500, label: 'F2025-00013', counterparty: 'MARTIN CLAIRE' });
  expect(pairs([one, two], [camt])).toEqual([[two.label, camt.label]]);
});

test('the second of two equal movements is never lost', () => {
  const twice = [line({ amount: 2500, label: 'VIR MARTIN CLAIRE' }), line({ amount: 2500, label: 'VIR MARTIN CLAIRE' })];
  expect(toldTwice(movementsOf(twice), movementsOf([line({ amount: 2500, counterparty: 'Martin Claire' })]))).toHaveLength(1);
});

const truth = array(
  record({
    day: constantFrom('2025-11-05', '2025-11-06'),
    amount: constantFrom(2500, 4000, -250),
    who: constantFrom('MARTIN CLAIRE', 'MARTIN JEAN', 'DURAND PAUL', 'BANQUE'),
    reference: constantFrom('F2025-00012', 'F2025-00013', ''),
  }),
  { maxLength: 12 },
);
type Truth = { day: string; amount: number; who: string; reference: string };
const inCamt = ({ day, amount, who, reference }: Truth) => line({ day, amount, counterparty: who, label: `VIR SEPA · ${reference}` });
const inTable = ({ day, amount, who, reference }: Truth) => line({ day, amount, label: `VIREMENT ${who} ${reference}` });

test('law: two files of the same days, whole, count each movement once, whatever their order', () =>
  check(
    property(truth, shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], { minLength: 12 }), (all, order) => {
      const table = order.flatMap((at) => (all[at] ? [inTable(all[at])] : []));
      expect(toldTwice(movementsOf(table), movementsOf(all.map(inCamt)))).toHaveLength(all.length);
      expect(toldTwice(movementsOf(all.map(inCamt)), movementsOf(table))).toHaveLength(all.length);
    }),
  ));

test('law: whatever part each file tells, a movement is paired once at most, with its own amount, and none of either file is lost', () =>
  check(
    property(truth, truth, integer({ min: 0, max: 1 }), (a, b, way) => {
      const [first, second] = way ? [a.map(inCamt), b.map(inTable)] : [a.map(inTable), b.map(inCamt)];
      const found = toldTwice(movementsOf(second), movementsOf(first));
      expect(new Set(found.map(({ fresh }) => fresh)).size).toBe(found.length);
      expect(new Set(found.map(({ kept }) => kept)).size).toBe(found.length);
      const same = (all: Truth[]) => Map.groupBy(all, ({ day, amount, who }) => `${day} ${amount} ${who}`);
      const [mine, theirs] = [same(a), same(b)];
      for (const { fresh, kept } of found) expect(fresh.amount).toBe(kept.amount);
      // Never more pairs than the file that tells fewer of them has: all that the other one tells still counts.
      const most = [...mine].reduce((sum, [said, some]) => sum + Math.min(some.length, theirs.get(said)?.length ?? 0), 0);
      expect(found.length).toBe(most);
    }),
  ));

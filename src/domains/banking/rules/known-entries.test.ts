import { array, assert as check, constantFrom, property, record } from 'fast-check';
import { expect, test } from 'vitest';
import { type Kept, whatIsNew } from './known-entries.ts';
import type { BankLine } from './statement.ts';

const line = (key: string, entryKey = ''): BankLine => ({
  ...{ key, entryKey, entryCents: 1, transactions: 1, day: '2025-11-05', valueDay: null, amount: 1, label: '', counterparty: '' },
  ...{ counterpartyIban: '', endToEnd: '', mandateReference: '', messageId: '', returnReason: '' },
});
const keep = (lines: readonly BankLine[], state: Kept['state'] = 'open'): Kept[] =>
  lines.map(({ key, entryKey }, at) => ({ id: at + 1, key, entryKey, state }));
const keys = (given: readonly BankLine[], kept: Kept[]) => whatIsNew(given, kept).added.map(({ key }) => key);

const whole = [line('E1', 'E1')];
const parts = [line('E1#a', 'E1'), line('E1#b', 'E1')];

test('a movement told whole, then by its parts, is its parts, while nothing was done with it', () => {
  expect(whatIsNew(parts, keep(whole))).toEqual({ added: parts, replaced: [1], known: 0 });
  expect(whatIsNew(parts, keep(whole, 'matched'))).toEqual({ added: [], replaced: [], known: 2 });
  expect(whatIsNew(parts, keep(whole, 'ignored'))).toEqual({ added: [], replaced: [], known: 2 });
});

test('told by its parts, then whole, it is known', () =>
  expect(whatIsNew(whole, keep(parts))).toEqual({ added: [], replaced: [], known: 1 }));

test('law: what is read twice adds nothing the second time; each line is added or known', () => {
  const given = array(record({ key: constantFrom('a', 'b', 'c', 'd'), entry: constantFrom('', 'E1', 'E2') }), { maxLength: 8 }).map(
    (all) => {
      const lines = all.map(({ key, entry }) => line(entry ? `${entry}#${key}` : key, entry));
      return lines.filter(({ key }, at) => lines.findIndex((other) => other.key === key) === at);
    },
  );
  check(
    property(given, given, (first, second) => {
      const { added, known } = whatIsNew(second, keep(first));
      expect(added.length + known).toBe(second.length);
      expect(keys(first, keep(first))).toEqual([]);
      expect(keys(second, keep([...first, ...added]))).toEqual([]);
    }),
  );
});

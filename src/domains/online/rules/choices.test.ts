import fc from 'fast-check';
import { expect, test } from 'vitest';
import { choicesOf, type OpenItem } from './choices.ts';

const today = '2025-10-22';
const item = (id: number, left: number, dueOn: string, document: number | null = id): OpenItem => ({
  ...{ id, left, dueOn, document, piece: `F2025-${id}`, label: `Frais ${id}` },
});

test('nothing owed: nothing to choose', () => {
  expect(choicesOf([], 0, today)).toEqual([]);
  expect(choicesOf([item(1, -500, today)], -500, today)).toEqual([]);
});

test('one bill is itself, and no « tout »', () => {
  expect(choicesOf([item(1, 4200, '2025-11-05')], 4200, today)).toEqual([
    {
      ...{ value: 'facture-1', label: 'Facture F2025-1', hint: 'À régler avant le mercredi 5 novembre 2025' },
      cents: 4200,
      purpose: 'Facture F2025-1',
      document: 1,
    },
  ]);
});

test('what is late first, what is due, all of it, then bill by bill', () => {
  const choices = choicesOf([item(2, 3000, '2025-11-05'), item(1, 1200, '2025-10-01'), item(3, 500, '2025-10-01', null)], 4700, today);
  expect(choices.map(({ value, cents }) => [value, cents])).toEqual([
    ['du', 1700],
    ['tout', 4700],
    ['facture-1', 1200],
    ['ligne-3', 500],
    ['facture-2', 3000],
  ]);
  expect(choices[2]!.hint).toContain('depuis le');
});

test('never more than what is owed, whatever is in hand', () => {
  const some = fc.array(
    fc
      .record({ left: fc.integer({ min: -5000, max: 5000 }), late: fc.boolean() })
      .map(({ left, late }) => ({ left, dueOn: late ? '2025-01-01' : '2025-12-01' })),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(some, (lines) => {
      const open = lines.map(({ left, dueOn }, at) => item(at + 1, left, dueOn));
      const balance = lines.reduce((sum, { left }) => sum + left, 0);
      const choices = choicesOf(open, balance, today);
      expect(choices.every(({ cents }) => cents > 0 && cents <= balance)).toBe(true);
      expect(choices.length > 0).toBe(balance >= 100);
      expect(new Set(choices.map(({ value }) => value)).size).toBe(choices.length);
    }),
  );
});

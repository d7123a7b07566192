import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Item, settle } from './matching.ts';

const item = (id: number, amount: number, dueOn = '2025-10-01', more: Partial<Item> = {}): Item => ({
  id,
  amount,
  day: dueOn,
  dueOn,
  document: null,
  target: null,
  ...more,
});

describe('what pays what', () => {
  test('the oldest due first', () => {
    const { matches, open } = settle([item(1, 1000, '2025-11-01'), item(2, 500, '2025-10-01'), item(3, -700, '2025-12-01')]);
    expect(matches).toEqual([
      { owed: 2, given: 3, amount: 500 },
      { owed: 1, given: 3, amount: 200 },
    ]);
    expect(open).toMatchObject([{ id: 1, left: 800 }]);
  });

  test('a payment goes first to the invoice it is meant for, its rest to the oldest', () => {
    const items = [
      item(1, 500, '2025-10-01', { document: 11 }),
      item(2, 300, '2025-11-01', { document: 12 }),
      item(3, -400, '2025-12-01', { target: 12 }),
    ];
    expect(settle(items).matches).toEqual([
      { owed: 2, given: 3, amount: 300 },
      { owed: 1, given: 3, amount: 100 },
    ]);
  });

  test('a credit note goes to its invoice, and money given back to the credit note it gives back', () => {
    const items = [
      item(1, 900, '2025-09-01', { document: 10 }),
      item(2, 500, '2025-10-01', { document: 11 }),
      item(3, -200, '2025-10-15', { document: 12, target: 11 }),
      item(4, -300, '2025-11-15', { document: 13 }),
      item(5, 300, '2025-12-01', { target: 13 }),
    ];
    const { matches, open } = settle(items);
    expect(matches).toEqual([
      { owed: 2, given: 3, amount: 200 },
      { owed: 5, given: 4, amount: 300 },
    ]);
    expect(open).toMatchObject([
      { id: 1, left: 900 },
      { id: 2, left: 300 },
    ]);
  });

  test('meant for a document of somebody else, or for one that is paid already: as if it were not', () => {
    expect(settle([item(1, 500), item(2, -500, '2025-10-02', { target: 99 })]).open).toEqual([]);
  });
});

describe('laws', () => {
  const days = ['2025-09-30', '2025-10-31', '2025-11-30', '2025-12-31'];
  const one = fc.record({
    amount: fc.integer({ min: -5000, max: 5000 }).filter((amount) => amount !== 0),
    dueOn: fc.constantFrom(...days),
    day: fc.constantFrom(...days),
    document: fc.option(fc.integer({ min: 1, max: 6 })),
    target: fc.option(fc.integer({ min: 1, max: 6 })),
  });
  const account = fc.array(one, { maxLength: 14 }).map((list): Item[] => list.map((each, at) => ({ ...each, id: at + 1 })));
  const law = (holds: (items: Item[]) => void) => fc.assert(fc.property(account, holds), { numRuns: 400 });
  const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);

  test('nothing is lost: what is left sums to the balance, and of each item what is matched and what is left make it whole', () =>
    law((items) => {
      const { matches, open } = settle(items);
      expect(sum(open.map(({ left }) => left))).toBe(sum(items.map(({ amount }) => amount)));
      for (const { id, amount } of items) {
        const matched = sum(matches.filter(({ owed, given }) => owed === id || given === id).map((match) => match.amount));
        const left = open.find((each) => each.id === id)?.left ?? 0;
        expect(matched + Math.abs(left)).toBe(Math.abs(amount));
        expect(left === 0 || left > 0 === amount > 0).toBe(true);
      }
    }));

  test('a match is of something owed and something given, once per pair, of more than nothing', () =>
    law((items) => {
      const { matches } = settle(items);
      const amounts = new Map(items.map(({ id, amount }) => [id, amount]));
      for (const { owed, given, amount } of matches) {
        expect(amounts.get(owed)).toBeGreaterThan(0);
        expect(amounts.get(given)).toBeLessThan(0);
        expect(amount).toBeGreaterThan(0);
      }
      expect(new Set(matches.map(({ owed, given }) => `${owed} ${given}`)).size).toBe(matches.length);
    }));

  test('nobody owes and has in hand at once', () =>
    law((items) => {
      expect(new Set(settle(items).open.map(({ left }) => left > 0)).size).toBeLessThan(2);
    }));

  test('recomputing changes nothing, in whatever order items come', () =>
    fc.assert(
      fc.property(
        account.chain((items) => fc.tuple(fc.constant(items), fc.shuffledSubarray(items, { minLength: items.length }))),
        ([items, shuffled]) => {
          const before = settle(items);
          expect(settle(shuffled)).toEqual(before);
          const again = settle(before.open.map(({ left, ...rest }) => ({ ...rest, amount: left })));
          expect(again.matches).toEqual([]);
          expect(again.open.map(({ id, left }) => [id, left])).toEqual(before.open.map(({ id, left }) => [id, left]));
        },
      ),
      { numRuns: 400 },
    ));

  test('targeted first: of two that are meant for each other, one at least is used up by what is meant for it', () =>
    law((items) => {
      const { matches } = settle(items);
      const at = new Map(items.map((each) => [each.id, each]));
      const meant = matches.filter(({ owed, given }) => onPurpose(at.get(owed)!, at.get(given)!));
      const used = (one: Item) =>
        sum(meant.filter(({ owed, given }) => owed === one.id || given === one.id).map(({ amount }) => amount)) === Math.abs(one.amount);
      for (const debt of items.filter(({ amount }) => amount > 0))
        for (const credit of items.filter(({ amount }) => amount < 0))
          if (onPurpose(debt, credit)) expect(used(debt) || used(credit)).toBe(true);
    }));

  test('then the oldest: while something owed is open, nothing due later is paid but on purpose', () =>
    law((items) => {
      const { matches, open } = settle(items);
      const first = open.find(({ left }) => left > 0);
      if (!first) return;
      const at = new Map(items.map((each) => [each.id, each]));
      for (const { owed, given } of matches) {
        const debt = at.get(owed)!;
        const later = debt.dueOn > first.dueOn;
        if (later) expect(onPurpose(debt, at.get(given)!)).toBe(true);
      }
    }));

  const onPurpose = (a: Item, b: Item) => (a.target !== null && a.target === b.document) || (b.target !== null && b.target === a.document);
});

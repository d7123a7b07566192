import fc from 'fast-check';
import { expect, test } from 'vitest';
import { held, heldIn, leaving, type Move } from './returnables.ts';

const lent = (quantity: number, depositCents: number): Move => ({ kind: 'lent', quantity, depositCents });

test('what comes back is worth what it was lent for, the oldest first', () => {
  const lots = held([lent(2, 500), lent(1, 600)]);
  expect(leaving(lots, 3)).toEqual([
    { quantity: 2, depositCents: 500 },
    { quantity: 1, depositCents: 600 },
  ]);
  expect(leaving(lots, 1)).toEqual([{ quantity: 1, depositCents: 500 }]);
  expect(leaving(lots, 4)).toBeNull();
});

test('two lots of one deposit leave as one', () => {
  expect(leaving(held([lent(2, 500), lent(2, 500)]), 3)).toEqual([{ quantity: 3, depositCents: 500 }]);
});

test('whatever is lent and brought back, nothing is lost: deposits held are deposits taken minus deposits given back', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ in: fc.boolean(), quantity: fc.integer({ min: 1, max: 5 }), deposit: fc.constantFrom(0, 300, 500) })),
      (told) => {
        const moves: Move[] = [];
        let cents = 0;
        for (const { in: isLent, quantity, deposit } of told) {
          if (isLent) {
            moves.push(lent(quantity, deposit));
            cents += quantity * deposit;
            continue;
          }
          const out = leaving(held(moves), quantity);
          for (const lot of out ?? []) {
            moves.push({ kind: 'returned', ...lot });
            cents -= lot.quantity * lot.depositCents;
          }
        }
        expect(heldIn(held(moves)).cents).toBe(cents);
      },
    ),
  );
});

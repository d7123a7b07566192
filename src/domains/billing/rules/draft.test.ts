import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DraftLine, lineAmounts, totals } from './draft.ts';

const line = (more: Partial<DraftLine>): DraftLine => ({
  ...{ kind: 'charge', label: 'x', quantity: 1000, unitPrice: 1380, vatBasisPoints: 550, vatIncluded: true, account: '701000' },
  ...more,
});

describe('the amounts of a line', () => {
  test('VAT is taken out of what includes it, added to what does not', () => {
    expect(lineAmounts(line({}))).toEqual({ net: 1308, vat: 72, gross: 1380 }); // 13,80 / 1,055 = 13,0806
    expect(lineAmounts(line({ vatIncluded: false }))).toEqual({ net: 1380, vat: 76, gross: 1456 }); // 13,80 × 5,5 % = 0,759
    expect(lineAmounts(line({ vatBasisPoints: 0 }))).toEqual({ net: 1380, vat: 0, gross: 1380 });
  });

  test('a quantity is rounded with its price, once', () => {
    expect(lineAmounts(line({ quantity: 1333, unitPrice: 250, vatBasisPoints: 0 })).gross).toBe(333); // 1,333 × 2,50 = 3,3325
    expect(lineAmounts(line({ quantity: 4000 }))).toEqual({ net: 5232, vat: 288, gross: 4 * 1380 });
  });

  test('what is given back is the mirror of what was billed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 99_999 }),
        fc.integer({ min: 1, max: 999_999 }),
        fc.constantFrom(0, 210, 550, 1000, 2000),
        fc.boolean(),
        (quantity, unitPrice, vatBasisPoints, vatIncluded) => {
          const billed = lineAmounts(line({ quantity, unitPrice, vatBasisPoints, vatIncluded }));
          const back = lineAmounts(line({ quantity: -quantity, unitPrice, vatBasisPoints, vatIncluded }));
          expect(back.net + billed.net).toBe(0);
          expect(back.vat + billed.vat).toBe(0);
          expect(billed.net + billed.vat).toBe(billed.gross);
        },
      ),
    );
  });
});

test('totals by rate add up to the total, and to the lines', () => {
  const lines = [line({}), line({ vatBasisPoints: 2000, unitPrice: 999 }), line({ quantity: -2000 })].map((one) => ({
    ...lineAmounts(one),
    vatBasisPoints: one.vatBasisPoints,
  }));
  const sum = totals(lines);
  expect(sum.rates.map(({ vatBasisPoints, gross }) => [vatBasisPoints, gross])).toEqual([
    [550, 1380 - 2 * 1380],
    [2000, 999],
  ]);
  expect(sum.gross).toBe(999 - 1380);
  expect(sum.rates.reduce((total, { vat }) => total + vat, 0)).toBe(sum.vat);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { axes, type SoldLine, salesBy, salesTotal } from './sales.ts';

const word = fc.constantFrom('a', 'b', 'c');
const line: fc.Arbitrary<SoldLine> = fc.record({
  month: word,
  product: word,
  activity: word,
  net: fc.integer({ min: -9999, max: 9999 }),
  vat: fc.integer({ min: -999, max: 999 }),
  stops: fc.array(fc.record({ tour: word, depot: word, baskets: fc.integer({ min: 1, max: 9 }) }), { maxLength: 3 }),
});

test('whatever the axis, rows add up to the same totals, to the cent', () => {
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const whole = {
        net: lines.reduce((sum, { net }) => sum + net, 0),
        vat: lines.reduce((sum, { vat }) => sum + vat, 0),
        gross: lines.reduce((sum, { net, vat }) => sum + net + vat, 0),
      };
      for (const axis of axes) expect(salesTotal(salesBy(axis, lines))).toEqual(whole);
    }),
  );
});

test('a line is split by the baskets of its depots; its credit note is its mirror', () => {
  const stops = [
    { tour: 'ME1', depot: 'Gare', baskets: 2 },
    { tour: 'JE1', depot: 'École', baskets: 1 },
  ];
  const sale: SoldLine = { month: '2026-03', product: 'Simple', activity: 'Maraîchage', net: 1000, vat: 55, stops };
  expect(salesBy('depot', [sale])).toEqual([
    { label: 'École', net: 333, vat: 18, gross: 351 },
    { label: 'Gare', net: 667, vat: 37, gross: 704 },
  ]);
  const credit = { ...sale, net: -1000, vat: -55 };
  expect(salesBy('depot', [sale, credit]).every(({ gross, net, vat }) => gross === 0 && net === 0 && vat === 0)).toBe(true);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { samples } from './sample.ts';
import { mostOfPerson, type ShareRule } from './shares.ts';

const rest = (funder: number, affiliation: ShareRule['affiliation'] = ''): ShareRule => ({
  ...{ funder, kind: 'remainder', cents: null, basisPoints: null, affiliation, place: '' },
});
const own = (cents: number) => ({ cents, basisPoints: mostOfPerson });

test('each fund that is named has its own split, and so has everybody else', () => {
  expect(samples(own(160), [rest(1, 'caf'), rest(2, 'msa'), rest(3)], [1600, 1600])).toEqual([
    { whom: { affiliation: 'caf', place: '' }, rows: [{ price: 1600, person: 160, parts: [{ funder: 1, cents: 1440 }], left: 0 }] },
    { whom: { affiliation: 'msa', place: '' }, rows: [{ price: 1600, person: 160, parts: [{ funder: 2, cents: 1440 }], left: 0 }] },
    { whom: { affiliation: '', place: '' }, rows: [{ price: 1600, person: 160, parts: [{ funder: 3, cents: 1440 }], left: 0 }] },
  ]);
});

test('where nobody is told apart, it is told once, the least price first', () => {
  const [one, ...more] = samples(own(300), [rest(7)], [1380, 1000]);
  expect(more).toEqual([]);
  expect(one!.rows.map(({ price, person }) => [price, person])).toEqual([
    [1000, 300],
    [1380, 300],
  ]);
});

test('law: whatever is told adds up to the price', () => {
  const rule = fc.record({
    ...{ funder: fc.integer({ min: 1, max: 4 }), kind: fc.constantFrom('amount' as const, 'percent' as const, 'remainder' as const) },
    ...{ cents: fc.integer({ min: 0, max: 2000 }), basisPoints: fc.integer({ min: 0, max: 10_000 }) },
    ...{ affiliation: fc.constantFrom('' as const, 'caf' as const, 'msa' as const), place: fc.constantFrom('', 'Metz') },
  });
  fc.assert(
    fc.property(
      fc.array(rule, { maxLength: 4 }),
      fc.array(fc.integer({ min: 0, max: 4000 }), { maxLength: 3 }),
      fc.integer({ min: 0, max: 900 }),
      (rules, prices, cents) => {
        for (const { rows } of samples(own(cents), rules, prices))
          for (const { price, person, parts, left } of rows)
            expect(person + left + parts.reduce((sum, part) => sum + part.cents, 0)).toBe(price);
      },
    ),
  );
});

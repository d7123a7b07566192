import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Unit } from '#kernel/quantity.ts';
import { type Cells, changedCells, mergeCells, packCells, readCell, readColumns, typedQuantity, unpackCells } from './cells.ts';
import { figuresOf } from './margin.ts';

test.each<[string, Unit, number | null]>([
  ['0,5', 'kg', 500],
  ['.5', 'kg', null],
  ['500 g', 'kg', 500],
  ['500g', 'kg', 500],
  ['1,5 kg', 'kg', 1500],
  ['', 'kg', 0],
  ['2', 'piece', 2000],
  ['2 pièces', 'piece', 2000],
  ['1 botte', 'bunch', 1000],
  ['0,5', 'piece', 500],
  ['500 g', 'piece', null],
  ['0,5 g', 'kg', null],
  ['1,2345', 'kg', null],
  ['-1', 'kg', null],
  ['beaucoup', 'kg', null],
  ['500', 'kg', null], // 500 kilograms in a basket: grams were meant
])('« %s » of %s', (text, unit, expected) => expect(readCell(text, unit)).toBe(expected));

test('a form is read column by column; what was not changed is not kept of it', () => {
  const [simple, family, ...others] = readColumns([
    ['base.1', '10:500 11:1000'],
    ['q.1.10', ' 0,5 '],
    ['q.1.11', '2'],
    ['q.1.12', ''],
    ['note.1', ' en sachet '],
    ['base.2', ''],
    ['q.2.10', 'x'],
    ['q.3.10', '1'],
  ]);
  expect(others).toEqual([]);
  expect(simple).toMatchObject({ productId: 1, note: 'en sachet', baseNote: '' });
  expect([changedCells(simple!), changedCells(family!)]).toEqual([[[11, '2']], [[10, 'x']]]);
});

test('two people: both are kept where they changed different cells, told where they changed the same', () => {
  const base = new Map([
    [1, 500],
    [2, 1000],
    [3, 300],
  ]);
  const mine = new Map([
    [1, 600],
    [2, 1000],
    [3, 300],
    [4, 1000],
  ]);
  const stored = new Map([
    [1, 500],
    [2, 2000],
  ]);
  expect(mergeCells(base, mine, stored)).toEqual({
    cells: new Map([
      [1, 600],
      [2, 2000],
      [4, 1000],
    ]),
    conflicts: [],
  });
  expect(mergeCells(base, mine, new Map([[1, 700]])).conflicts).toEqual([1]);
});

const cells: fc.Arbitrary<Cells> = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.constantFrom(250, 500, 1000)), { maxLength: 6 })
  .map((entries) => new Map(entries));
const asObject = (map: Cells) => Object.fromEntries([...map].toSorted(([a], [b]) => a - b));

test('laws of the merge: alone, mine is written; unchanged, theirs stays; nobody’s change is lost; sent twice it acts once', () => {
  fc.assert(
    fc.property(cells, cells, cells, (base, mine, stored) => {
      expect(asObject(mergeCells(base, mine, base).cells)).toEqual(asObject(mine));
      expect(asObject(mergeCells(base, base, stored).cells)).toEqual(asObject(stored));
      const { cells: merged, conflicts } = mergeCells(base, mine, stored);
      const again = mergeCells(base, mine, merged);
      expect([asObject(again.cells), again.conflicts]).toEqual([asObject(merged), []]);
      const [of, both] = [(map: Cells, id: number) => map.get(id) ?? 0, mergeCells(base, stored, mine).conflicts];
      expect(conflicts.toSorted()).toEqual(both.toSorted());
      for (const id of [1, 2, 3, 4, 5, 6].filter((one) => !conflicts.includes(one)))
        for (const theirs of [mine, stored]) if (of(theirs, id) !== of(base, id)) expect(of(merged, id)).toBe(of(theirs, id));
    }),
  );
});

test('law: what a form carries comes back, and so does what it shows', () => {
  fc.assert(
    fc.property(cells, (some) => {
      expect(unpackCells(packCells(some))).toEqual(some);
    }),
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), fc.constantFrom<Unit>('kg', 'piece'), (quantity, unit) => {
      expect(readCell(typedQuantity(quantity), unit)).toBe(quantity);
    }),
  );
});

const line = fc.record({
  produceId: fc.integer({ min: 1, max: 200 }),
  quantity: fc.integer({ min: 1, max: 100_000 }),
  unit: fc.constantFrom<Unit>('kg', 'piece', 'bunch', 'box'),
  unitPrice: fc.option(fc.integer({ min: 0, max: 200_000 })),
  pieceGrams: fc.option(fc.integer({ min: 1, max: 5000 })),
});
const terms = {
  priceCents: 1380,
  vatBasisPoints: 550,
  wishedMarginBasisPoints: 4000,
  targetDepartureCents: null,
  marginBase: 'with_vat' as const,
};

test('law: copying a basket onto whatever stands there conserves it: its lines, its figures', () => {
  fc.assert(
    fc.property(fc.uniqueArray(line, { selector: ({ produceId }) => produceId, maxLength: 20 }), cells, (source, there) => {
      // As the sheet does it: what is copied is shown as text, what stood there is emptied, and the form is read again.
      const typed = new Map([...there.keys()].map((id) => [id, '']));
      for (const { produceId, quantity } of source) typed.set(produceId, typedQuantity(quantity));
      const unitOf = new Map(source.map(({ produceId, unit }) => [produceId, unit]));
      const mine = new Map(there);
      for (const [id, text] of changedCells({ base: there, typed })) mine.set(id, readCell(text, unitOf.get(id) ?? 'kg')!);
      const { cells: copied, conflicts } = mergeCells(there, mine, there);
      expect([asObject(copied), conflicts]).toEqual([
        asObject(new Map(source.map(({ produceId, quantity }) => [produceId, quantity]))),
        [],
      ]);
      const again = source.map((one) => ({ ...one, quantity: copied.get(one.produceId)! }));
      expect(figuresOf(again, terms, 7)).toEqual(figuresOf(source, terms, 7));
    }),
  );
});

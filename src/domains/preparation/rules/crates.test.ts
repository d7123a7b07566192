import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Carriers, fillCrates, inCrates, loadOf } from './crates.ts';

const none: Carriers = { cratesPerPallet: null, cratesPerRoll: null, strapsPerPallet: null, strapsPerRoll: null };

describe('crates', () => {
  test('full ones and the rest: 17 baskets by 8 are 2 crates and 1 basket', () => {
    expect(inCrates(17, 8)).toEqual({ full: 2, rest: 1 });
    expect(inCrates(17, null)).toEqual({ full: 0, rest: 17 });
  });
  test('what is left over of a depot travels together: 1 of 8 and 3 of 5 are 1/8 + 3/5 of a crate', () => {
    const kinds = [
      { baskets: 17, perCrate: 8 },
      { baskets: 3, perCrate: 5 },
      { baskets: 4, perCrate: null },
    ];
    expect(fillCrates(kinds)).toEqual([
      [{ kind: 0, baskets: 8 }],
      [{ kind: 0, baskets: 8 }],
      [
        { kind: 0, baskets: 1 },
        { kind: 1, baskets: 3 },
      ],
    ]);
    // 5 of 8 and 3 of 5 are more than one: 5/8 + 1/5 fit, two more baskets open another.
    expect(fillCrates([{ baskets: 5, perCrate: 8 }, kinds[1]!])).toHaveLength(2);
    expect(fillCrates([])).toEqual([]);
  });
  test('no basket is lost between crates, none is empty or too full', () => {
    const kind = fc.record({ baskets: fc.nat(200), perCrate: fc.option(fc.integer({ min: 1, max: 20 })) });
    fc.assert(
      fc.property(fc.array(kind, { maxLength: 6 }), (kinds) => {
        const crates = fillCrates(kinds);
        for (const [at, { baskets, perCrate }] of kinds.entries()) {
          const packed = crates.flat().filter((one) => one.kind === at);
          expect(packed.reduce((sum, one) => sum + one.baskets, 0)).toBe(perCrate === null ? 0 : baskets);
        }
        const used = crates.map((crate) => crate.reduce((sum, one) => sum + one.baskets / kinds[one.kind]!.perCrate!, 0));
        expect(used.every((share) => share > 0 && share < 1 + 1e-6)).toBe(true);
      }),
    );
  });
});

describe('load', () => {
  test('pallets alone: 43 crates by 20 are 3 pallets, the last of 3 crates; 2 straps each are 6', () => {
    expect(loadOf(43, { ...none, cratesPerPallet: 20, strapsPerPallet: 2 })).toEqual({
      ...{ crates: 43, pallets: 3, lastPallet: 3, rolls: 0, lastRoll: 0, straps: 6 },
    });
  });
  test('pallets and rolls: 43 crates by 20 are 2 pallets, and the 3 left one roll of 8; 2 × 2 + 1 straps', () => {
    const carriers = { cratesPerPallet: 20, cratesPerRoll: 8, strapsPerPallet: 2, strapsPerRoll: 1 };
    expect(loadOf(43, carriers)).toEqual({ crates: 43, pallets: 2, lastPallet: 0, rolls: 1, lastRoll: 3, straps: 5 });
    expect(loadOf(40, carriers)).toMatchObject({ pallets: 2, rolls: 0, straps: 4 });
  });
  test('rolls alone, or nothing at all', () => {
    expect(loadOf(17, { ...none, cratesPerRoll: 8, strapsPerRoll: 1 })).toMatchObject({ pallets: 0, rolls: 3, lastRoll: 1, straps: 3 });
    expect(loadOf(17, none)).toEqual({ crates: 17, pallets: 0, lastPallet: 0, rolls: 0, lastRoll: 0, straps: 0 });
  });
  test('every crate has its place, and nothing travels empty', () => {
    const count = fc.option(fc.integer({ min: 1, max: 30 }));
    fc.assert(
      fc.property(fc.nat(500), count, count, (crates, cratesPerPallet, cratesPerRoll) => {
        const load = loadOf(crates, { ...none, cratesPerPallet, cratesPerRoll });
        const places = load.pallets * (cratesPerPallet ?? 0) + load.rolls * (cratesPerRoll ?? 0);
        if (cratesPerPallet || cratesPerRoll) expect(places).toBeGreaterThanOrEqual(crates);
        if (load.rolls) expect(places - cratesPerRoll!).toBeLessThan(crates);
        else if (load.pallets) expect(places - cratesPerPallet!).toBeLessThan(crates);
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Carriers, crateContents, cratesFor, inCrates, loadOf } from './crates.ts';

const none: Carriers = { cratesPerPallet: null, cratesPerRoll: null, strapsPerPallet: null, strapsPerRoll: null };

describe('crates', () => {
  test('full ones and the rest: 17 baskets by 8 are 2 crates and 1 basket', () => {
    expect(inCrates(17, 8)).toEqual({ full: 2, rest: 1 });
    expect(cratesFor(17, 8)).toBe(3);
    expect(crateContents(17, 8)).toEqual([8, 8, 1]);
    expect(crateContents(16, 8)).toEqual([8, 8]);
  });
  test('what does not go in crates stands alone', () => {
    expect(inCrates(17, null)).toEqual({ full: 0, rest: 17 });
    expect(cratesFor(17, null)).toBe(0);
    expect(crateContents(17, null)).toEqual([17]);
    expect(crateContents(0, 8)).toEqual([]);
  });
  test('no basket is lost between crates, and none is empty', () => {
    fc.assert(
      fc.property(fc.nat(3000), fc.option(fc.integer({ min: 1, max: 40 })), (baskets, perCrate) => {
        const contents = crateContents(baskets, perCrate);
        expect(contents.reduce((sum, one) => sum + one, 0)).toBe(baskets);
        expect(contents.every((one) => one > 0 && (perCrate === null || one <= perCrate))).toBe(true);
        if (perCrate !== null) expect(contents).toHaveLength(cratesFor(baskets, perCrate));
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

/** How baskets are counted in crates, and crates on pallets and rolls, as it is done on paper: full ones, and what is left over. */

/** Whole crates, and the baskets of the one that is begun. Without a number of baskets per crate, every basket stands alone. */
export type Crates = { full: number; rest: number };

/** (17, 8) → 2 full crates, 1 basket left. (17, null) → 17 loose baskets. */
export const inCrates = (baskets: number, perCrate: number | null): Crates =>
  perCrate === null ? { full: 0, rest: baskets } : { full: Math.floor(baskets / perCrate), rest: baskets % perCrate };

/** Crates to bring: one that is begun is one too. Baskets that do not go in crates need none. */
export const cratesFor = (baskets: number, perCrate: number | null): number => (perCrate === null ? 0 : Math.ceil(baskets / perCrate));

/** Baskets in each crate, the last one as it comes: (17, 8) → [8, 8, 1]. Without crates, all together. */
export function crateContents(baskets: number, perCrate: number | null): number[] {
  if (baskets <= 0) return [];
  const { full, rest } = inCrates(baskets, perCrate);
  return [...new Array<number>(full).fill(perCrate ?? 0), ...(rest > 0 ? [rest] : [])];
}

/** What a garden loads crates on. Null: it does not use them. */
export type Carriers = {
  cratesPerPallet: number | null;
  cratesPerRoll: number | null;
  strapsPerPallet: number | null;
  strapsPerRoll: number | null;
};

export type Load = {
  crates: number;
  pallets: number;
  /** Crates of the pallet that is begun; 0 when all are full. */
  lastPallet: number;
  rolls: number;
  /** Crates of the roll that is begun. */
  lastRoll: number;
  straps: number;
};

/**
 * What carries so many crates: full pallets, and rolls for what does not fill one; in a garden without rolls the last pallet is begun. Every crate has
 * its place, and nothing is brought for none.
 */
export function loadOf(crates: number, { cratesPerPallet, cratesPerRoll, strapsPerPallet, strapsPerRoll }: Carriers): Load {
  const full = cratesPerPallet ? Math.floor(crates / cratesPerPallet) : 0;
  const left = crates - full * (cratesPerPallet ?? 0);
  const rolls = cratesPerRoll ? Math.ceil(left / cratesPerRoll) : 0;
  const begun = cratesPerPallet && !cratesPerRoll && left > 0 ? 1 : 0;
  const pallets = full + begun;
  return {
    crates,
    pallets,
    lastPallet: begun ? left : 0,
    rolls,
    lastRoll: cratesPerRoll ? left % cratesPerRoll : 0,
    straps: pallets * (strapsPerPallet ?? 0) + rolls * (strapsPerRoll ?? 0),
  };
}

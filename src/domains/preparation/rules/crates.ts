/** How baskets are counted in crates, and crates on pallets and rolls, as it is done on paper: full ones, and what is left over. */

/** Whole crates, and the baskets of the one that is begun. Without a number of baskets per crate, every basket stands alone. */
export type Crates = { full: number; rest: number };

/** (17, 8) → 2 full crates, 1 basket left. (17, null) → 17 loose baskets. */
export const inCrates = (baskets: number, perCrate: number | null): Crates =>
  perCrate === null ? { full: 0, rest: baskets } : { full: Math.floor(baskets / perCrate), rest: baskets % perCrate };

/** Baskets of a kind for a depot. */
export type ToCrate = { baskets: number; perCrate: number | null };
/** What a crate holds: how many of each kind, by place in what was given. */
export type CrateContents = { kind: number; baskets: number }[];

/**
 * The crates of a depot: the full ones of each kind, then those that hold what is left over, kinds side by side, each basket taking its share of a
 * crate. What does not go in crates is in none.
 */
export function fillCrates(kinds: readonly ToCrate[]): CrateContents[] {
  const full = kinds.flatMap(({ baskets, perCrate }, kind) =>
    Array.from({ length: inCrates(baskets, perCrate).full }, () => [{ kind, baskets: perCrate! }]),
  );
  const begun: CrateContents[] = [];
  let room = 0;
  for (const [kind, { baskets, perCrate }] of kinds.entries()) {
    if (perCrate === null) continue;
    const share = 1 / perCrate;
    for (let left = inCrates(baskets, perCrate).rest; left > 0; left--) {
      // Thirds and sevenths do not add up to one exactly.
      if (room < share - 1e-9) {
        begun.push([]);
        room = 1;
      }
      room -= share;
      const last = begun.at(-1)!.find((one) => one.kind === kind);
      if (last) last.baskets += 1;
      else begun.at(-1)!.push({ kind, baskets: 1 });
    }
  }
  return [...full, ...begun];
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

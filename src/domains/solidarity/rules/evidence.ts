/**
 * What a claim says of the people it is for: counts alone, no group under five, and none that could be worked out from the others and the total
 * (CNIL, guidance on anonymisation: statistics of small groups).
 */

export const fewest = 5;

/** A household's size as it may be told. */
export const householdBands = ['1 personne', '2 personnes', '3 ou 4 personnes', '5 personnes et plus', 'non précisé'] as const;
export type HouseholdBand = (typeof householdBands)[number];

export function bandOf(household: number | null): HouseholdBand {
  if (household === null) return 'non précisé';
  if (household <= 2) return household === 1 ? '1 personne' : '2 personnes';
  return household <= 4 ? '3 ou 4 personnes' : '5 personnes et plus';
}

/** Households by size, in the order of bands; those of nobody are left out. */
export const banded = (households: readonly { household: number | null; people: number }[]): Group[] =>
  householdBands.flatMap((name) => {
    const count = households.reduce((sum, { household, people }) => (bandOf(household) === name ? sum + people : sum), 0);
    return count ? { name, count } : [];
  });

export type Group = { name: string; count: number };
/** `count` null: under five, or hidden so that one under five cannot be worked out. */
export type ToldGroup = { name: string; count: number | null };

/**
 * Groups of a whole that is told beside them. Those under five are hidden, then the smallest of the others as long as what is hidden is a single group, or
 * comes to less than five. Empty groups are left out.
 */
export function told(groups: readonly Group[]): { total: number | null; groups: ToldGroup[] } {
  const some = groups.filter(({ count }) => count > 0);
  const total = some.reduce((sum, { count }) => sum + count, 0);
  if (total < fewest) return { total: null, groups: some.map(({ name }) => ({ name, count: null })) };
  const hidden = new Set(some.filter(({ count }) => count < fewest));
  const sum = () => [...hidden].reduce((all, { count }) => all + count, 0);
  while (hidden.size > 0 && hidden.size < some.length && (hidden.size === 1 || sum() < fewest)) {
    const [least] = some.filter((one) => !hidden.has(one)).sort((a, b) => a.count - b.count);
    hidden.add(least!);
  }
  return { total, groups: some.map((one) => ({ name: one.name, count: hidden.has(one) ? null : one.count })) };
}

/** Whether nothing is told of any group. */
export const allHidden = (groups: readonly ToldGroup[]): boolean => groups.every(({ count }) => count === null);

/** How many came to a workshop, as it may be told; null: nobody said. */
export const sayPresent = (came: number | null): string =>
  came === null ? 'nombre non noté' : came < fewest ? `moins de ${fewest}` : String(came);

export const sayCount = (count: number | null): string => (count === null ? 'non montré' : String(count));

/**
 * Two people changed one record. What only the other one changed is taken over; what I changed is kept; what both changed differently
 * is a conflict: mine is kept, and the other's value is shown beside it.
 * @param base what the record said when I opened it.
 */
export function merge<T extends Record<string, unknown>>(
  base: Partial<T>,
  mine: T,
  theirs: T,
): { merged: T; conflicts: (keyof T)[]; taken: (keyof T)[] } {
  const merged = { ...mine };
  const conflicts: (keyof T)[] = [];
  const taken: (keyof T)[] = [];
  for (const key of Object.keys(mine) as (keyof T)[]) {
    if (mine[key] === theirs[key]) continue;
    if (key in base && mine[key] === base[key]) {
      merged[key] = theirs[key];
      taken.push(key);
    } else if (!(key in base) || theirs[key] !== base[key]) conflicts.push(key);
  }
  return { merged, conflicts, taken };
}

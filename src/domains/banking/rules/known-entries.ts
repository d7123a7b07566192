import type { BankLine } from './statement.ts';

/** A line that is kept already. */
export type Kept = { id: number; key: string; entryKey: string; state: 'open' | 'matched' | 'ignored' };

export type Difference = {
  /** Lines to add. */
  added: BankLine[];
  /** Lines that the new ones tell in more detail: nothing was done with them yet. */
  replaced: number[];
  /** How many were there. */
  known: number;
};

/**
 * What a file adds to what is kept. A line with a key that is kept is known. A movement told whole and told again by its parts is the same: the parts
 * take its place as long as nothing was done with it, and are known otherwise; told by its parts and then whole, it is known.
 */
export function whatIsNew(lines: readonly BankLine[], kept: readonly Kept[]): Difference {
  const keys = new Set(kept.map(({ key }) => key));
  const byEntry = Map.groupBy(
    kept.filter(({ entryKey }) => entryKey !== ''),
    ({ entryKey }) => entryKey,
  );
  const difference: Difference = { added: [], replaced: [], known: 0 };
  for (const [entry, parts] of Map.groupBy(lines, ({ entryKey, key }) => entryKey || key)) {
    const fresh = parts.filter(({ key }) => !keys.has(key));
    const there = byEntry.get(entry) ?? [];
    const whole = there.find(({ key }) => key === entry);
    const detailed = fresh.length > 0 && fresh.every(({ key }) => key !== entry) && whole?.state === 'open' && there.length === 1;
    const added = there.length === 0 || detailed ? fresh : [];
    if (detailed) difference.replaced.push(whole.id);
    difference.added.push(...added);
    difference.known += parts.length - added.length;
  }
  return difference;
}

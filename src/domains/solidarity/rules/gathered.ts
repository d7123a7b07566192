import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';

/** An envelope as pages tell it. `ofGift`: one gift fed it. */
export type ToldEnvelope = {
  id: number;
  funderId: number;
  funder: string;
  startsOn: Day;
  endsOn: Day | null;
  cents: Cents | null;
  baskets: number | null;
  usedCents: Cents;
  usedBaskets: number;
  note: string;
  ofGift: boolean;
};
/** `many`: how many gifts; 1 of an envelope that no gift fed. */
export type Gathered = ToldEnvelope & { many: number };

/**
 * Each gift feeds a small envelope of its own; those that came in the same way are one purse for who reads: their money together, since the first of them. Others
 * stand as they were written. In the order of the first of each.
 */
export function gathered(envelopes: readonly ToldEnvelope[]): Gathered[] {
  const found = new Map<string, Gathered>();
  for (const one of envelopes) {
    const key = one.ofGift && one.cents !== null ? `${one.funderId} ${one.endsOn} ${one.note}` : `id ${one.id}`;
    const before = found.get(key);
    if (!before) found.set(key, { ...one, many: 1 });
    else {
      before.many += 1;
      before.cents! += one.cents!;
      before.usedCents += one.usedCents;
      before.usedBaskets += one.usedBaskets;
      if (one.startsOn < before.startsOn) before.startsOn = one.startsOn;
    }
  }
  return [...found.values()];
}

/** How much of an envelope is drawn, 0 to 1: of its euros and of its baskets, whichever is further; one that holds nothing is drawn whole. Above 1 below zero. */
export function drawnOf({
  cents,
  usedCents,
  baskets,
  usedBaskets,
}: Pick<ToldEnvelope, 'cents' | 'usedCents' | 'baskets' | 'usedBaskets'>): number {
  const of = (used: number, all: number | null) => (all === null ? 0 : all === 0 ? 1 : used / all);
  return Math.max(of(usedCents, cents), of(usedBaskets, baskets));
}

import type { Day } from '#kernel/day.ts';

/** What tells whether a line of a file and a subscription are the same one. */
export type Matchable = { customerId: number; productId: number; depotId: number; startsOn: Day; frequency: string };

/**
 * Which stored subscription each line is about, by place in `lines`; null for a new one. Each subscription is taken once, first by the
 * lines that are `same` in everything, then by those that agree on customer, product, depot, start and frequency, then by a line that
 * is alone with one subscription to share customer, product and start: that one has changed.
 */
export function matchSubscriptions<L extends Matchable, S extends Matchable>(
  lines: L[],
  stored: S[],
  same: (line: L, subscription: S) => boolean,
): (S | null)[] {
  const taken = new Map<number, S>();
  const free = new Set(stored);
  const loose = ({ customerId, productId, startsOn }: Matchable) => `${customerId}/${productId}/${startsOn}`;
  const strict = (value: Matchable) => `${loose(value)}/${value.depotId}/${value.frequency}`;

  const take = (key: (value: Matchable) => string, choose: (line: L, candidates: S[], rivals: number) => S | undefined) => {
    const candidates = Map.groupBy(stored, key);
    const waiting = [...lines.entries()].filter(([index]) => !taken.has(index));
    const rivals = Map.groupBy(waiting, ([, line]) => key(line));
    for (const [index, line] of waiting) {
      const open = (candidates.get(key(line)) ?? []).filter((candidate) => free.has(candidate));
      const chosen = choose(line, open, rivals.get(key(line))!.length);
      if (!chosen) continue;
      taken.set(index, chosen);
      free.delete(chosen);
    }
  };
  take(strict, (line, open) => open.find((candidate) => same(line, candidate)));
  take(strict, (_, open) => open[0]);
  take(loose, (_, open, rivals) => (open.length === 1 && rivals === 1 ? open[0] : undefined));
  return lines.map((_, index) => taken.get(index) ?? null);
}

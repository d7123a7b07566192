import type { Cents } from '#kernel/money.ts';

/**
 * Of gifts that one charge asked for, which are taken back when the charge gives some of it back, the latest first: whole ones, and of the last one what is left
 * stands as a gift of its own. What stands afterwards is what stood, less `back`, never below zero.
 */
export function takenBack<G extends { cents: Cents }>(
  latestFirst: readonly G[],
  back: Cents,
): { whole: G[]; left: { of: G; cents: Cents } | null } {
  const whole: G[] = [];
  let over = back;
  for (const gift of latestFirst) {
    if (over <= 0) break;
    whole.push(gift);
    over -= gift.cents;
  }
  const last = whole.at(-1);
  return { whole, left: over < 0 && last ? { of: last, cents: -over } : null };
}

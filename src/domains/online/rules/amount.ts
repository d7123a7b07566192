import type { Cents } from '#kernel/money.ts';

/** Less costs more than it brings, and providers refuse it. */
export const least: Cents = 100;
/** Fifty thousand euros: more is a slip of the finger. */
export const most: Cents = 5_000_000;

import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';

/** A price of one basket, from a day on. */
export type DatedPrice = { startsOn: Day; priceCents: Cents };

/** The first price of a plan holds for whatever subscription is written down later, even one that began before the plan did. */
export const always: Day = '2000-01-01';

/** The latest price that has begun on a day, or null when none has. */
export function priceOn<P extends DatedPrice>(prices: readonly P[], day: Day): P | null {
  let found: P | null = null;
  for (const price of prices) if (price.startsOn <= day && (!found || price.startsOn > found.startsOn)) found = price;
  return found;
}

/** The next price to come after a day, or null. */
export function nextPrice<P extends DatedPrice>(prices: readonly P[], day: Day): P | null {
  let found: P | null = null;
  for (const price of prices) if (price.startsOn > day && (!found || price.startsOn < found.startsOn)) found = price;
  return found;
}

/** A price begins today at the earliest: what was in force on a past day stays what it was. */
export const mayAddPrice = (startsOn: Day, today: Day): boolean => startsOn >= today;

/** Only what has not begun can be taken away. */
export const mayRemovePrice = (startsOn: Day, today: Day): boolean => startsOn > today;

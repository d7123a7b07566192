/** Minutes since midnight. */
export type Hours = { from: number; until: number };

const minutes = (hour: string, minute: string | undefined): number => Number(hour) * 60 + Number(minute ?? 0);

/**
 * When baskets may be collected, read from what the garden wrote: « de 16 h à 19 h », « 10h30-19h », « à partir de 17 h » (until the evening, 20 h). Null when it
 * is said otherwise: the whole day stands for it.
 */
export function hoursIn(pickup: string): Hours | null {
  const found = [...pickup.matchAll(/\b([01]?\d|2[0-4])\s*(?:h|:)\s*([0-5]\d)?(?!\d)/gi)].map((match) => minutes(match[1]!, match[2]));
  const [from, until] = found;
  if (from === undefined || from >= 24 * 60) return null;
  if (until !== undefined) return found.length === 2 && until > from && until <= 24 * 60 ? { from, until } : null;
  return /partir|d[èe]s|apr[èe]s/i.test(pickup) && from < 20 * 60 ? { from, until: 20 * 60 } : null;
}

/** When people collect at a stop, as far as its text tells: seconds after midnight. */
export type PickupTimes = { from: number | null; until: number | null };

const never: PickupTimes = { from: null, until: null };

/**
 * « 16h-19h » → from 16:00 until 19:00; « 9h-12h / 14h-18h30 » → from 9:00 until 18:30; « jusqu’à 19h » → until 19:00; « à partir de 16h30 » → from
 * 16:30; « 24h/24 », « casiers », « sur demande » → nothing. What is not plain is left alone: a wrong hour would do harm, none does not.
 */
export function pickupTimes(text: string): PickupTimes {
  if (/24\s*h?\s*\/\s*24/i.test(text)) return never;
  const hours = [...text.matchAll(/(?<![\d,.])(\d{1,2})\s*[h:]\s*(\d{2})?(?!\d)/gi)].map(
    ([, hour, minutes]) => [Number(hour), Number(minutes ?? 0)] as const,
  );
  if (hours.length === 0 || hours.some(([hour, minutes]) => hour > 24 || minutes > 59)) return never;
  const seconds = hours.map(([hour, minutes]) => (hour * 60 + minutes) * 60);
  const [first, last] = [seconds[0]!, seconds.at(-1)!];
  if (seconds.length === 1) return /jusqu|avant/i.test(text) ? { from: null, until: first } : { from: first, until: null };
  return first < last ? { from: first, until: last } : never;
}

import type { ToldBasket } from '#domains/composition/rules/contents.ts';
import type { Day } from '#kernel/day.ts';
import { formatQuantity } from '#kernel/quantity.ts';

/** A day as `publishedDays` tells it. */
type Seen = { day: Day; sheets: { tours: { name: string }[]; baskets: ToldBasket[] }[] };

export type WeekProduce = { id: number; name: string; emoji: string };
export type Week = { day: Day; produce: WeekProduce[] };

/** What is in the baskets of one day, all baskets together: what most of them hold first, of these the ones with a picture of their own. */
export function produceOf(baskets: readonly ToldBasket[]): WeekProduce[] {
  const found = new Map<number, WeekProduce & { held: number }>();
  for (const { lines } of baskets)
    for (const { produceId, name, emoji } of lines) {
      const known = found.get(produceId);
      if (known) known.held += 1;
      else found.set(produceId, { id: produceId, name, emoji, held: 1 });
    }
  return [...found.values()]
    .sort((a, b) => b.held - a.held || Number(a.emoji === '🌱') - Number(b.emoji === '🌱') || a.name.localeCompare(b.name, 'fr'))
    .map(({ id, name, emoji }) => ({ id, name, emoji }));
}

/** The day to tell of on the home page: the next one of which something may be seen, else the last one; null without any. */
export function weekOffers(days: readonly Seen[], today: Day): Week | null {
  const chosen = days.find(({ day }) => day >= today) ?? days.at(-1);
  return chosen ? { day: chosen.day, produce: produceOf(chosen.sheets.flatMap(({ baskets }) => baskets)) } : null;
}

/** A basket's lines for the tiles: how much of each, when it is told. */
export const tilesOf = ({ lines }: Pick<ToldBasket, 'lines'>): { name: string; emoji: string; note?: string }[] =>
  lines.map(({ name, emoji, quantity, unit }) => ({ name, emoji, ...(quantity !== null && { note: formatQuantity(quantity, unit) }) }));

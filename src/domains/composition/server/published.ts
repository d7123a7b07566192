import type { Day } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { composedFor, type DayTour, sheetsOf, type ToldBasket, tellBasket } from '../rules/contents.ts';
import { isPublished, publishedFrom } from '../rules/publication.ts';
import { composedOn, dayFacts } from './newsletter-store.ts';

/** A basket that somebody receives: what is bought, the day and the tour by which it comes. */
export type AskedBasket = { day: Day; productId: number; tourId: number };

/**
 * What a subscriber may see of a basket, with the detail that the garden publishes and nothing more; null before its hour, and where nothing was
 * composed. Two queries, in a transaction of the caller's.
 */
export async function published(tx: Tx, gardenId: number, { day, productId, tourId }: AskedBasket, now: Date): Promise<ToldBasket | null> {
  const { settings } = await dayFacts(tx, gardenId, day);
  if (!isPublished(day, settings.publishHours, now)) return null;
  const basket = composedFor(await composedOn(tx, day), productId, tourId);
  return basket ? tellBasket(basket, settings.publishDetail) : null;
}

export type PublishedDay = {
  /** From when subscribers see it. */
  from: Date;
  visible: boolean;
  detail: 'names' | 'weights' | 'prices';
  hours: number;
  /** Tours whose baskets hold the same, and what is told of each basket. */
  sheets: { tours: DayTour[]; baskets: ToldBasket[] }[];
};

/** What subscribers see of a day, shown to the team before its hour too; null on a day without delivery. Two queries. */
export function publishedDay(actor: Actor, day: Day, now: Date): Promise<PublishedDay | null> {
  requireRight(actor, 'composition:read');
  return readInGarden(actor, async (tx) => {
    const { settings, tours } = await dayFacts(tx, actor.gardenId, day);
    if (tours.length === 0) return null;
    const { publishHours: hours, publishDetail: detail } = settings;
    const sheets = sheetsOf(tours, await composedOn(tx, day));
    return {
      from: publishedFrom(day, hours),
      visible: isPublished(day, hours, now),
      ...{ detail, hours },
      sheets: sheets.map((sheet) => ({ tours: sheet.tours, baskets: sheet.baskets.map((basket) => tellBasket(basket, detail)) })),
    };
  });
}

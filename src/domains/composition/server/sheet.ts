import type { Day } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { applying, basketsFor } from '../rules/applying.ts';
import type { Terms } from '../rules/margin.ts';
import { type DayTour, loadComposedDays, loadComposedProducts, loadDayTours, loadSheetProduce, type SheetProduce } from './sheet-store.ts';
import { basketsOfDay, type CompositionLine, loadCompositions } from './store.ts';

export type SheetColumn = {
  productId: number;
  name: string;
  terms: Terms;
  /** How many baskets these lines are for. */
  baskets: number;
  /** On a tour: the lines are its own; else they are the day's. */
  own: boolean;
  note: string;
  lines: CompositionLine[];
  /** What the same basket holds on the day copied from; null when nothing is copied, or it was not composed then. */
  copied: { produceId: number; quantity: number }[] | null;
};

export type CompositionSheet = {
  day: Day;
  tour: DayTour | null;
  /** `own`: how many baskets they compose otherwise than the day. */
  tours: (DayTour & { baskets: number; own: number })[];
  columns: SheetColumn[];
  produce: SheetProduce[];
  /** Other composed days, the nearest first. */
  composedDays: Day[];
};

/**
 * All baskets of a delivery day side by side, or of one of its tours. @param copy fills in what another day holds; nothing is written.
 * @returns null when that tour does not deliver on that day. Six queries, seven to copy.
 */
export function compositionSheet(
  actor: Actor,
  day: Day,
  { tourId, copy }: { tourId: number | null; copy?: Day | null },
): Promise<CompositionSheet | null> {
  requireRight(actor, 'composition:read');
  return readInGarden(actor, async (tx) => {
    const tours = await loadDayTours(tx, day);
    const tour = tours.find((one) => one.id === tourId) ?? null;
    if (tourId !== null && !tour) return null;
    const compositions = await loadCompositions(tx, day);
    const leaving = await basketsOfDay(tx, day);
    const products = await loadComposedProducts(tx, [day]);
    const source = copy ? await loadCompositions(tx, copy) : [];
    const columns = products.map(({ id: productId, name, ...terms }): SheetColumn => {
      const applied = applying(compositions, productId, tourId);
      const copied = applying(source, productId, tourId)?.lines;
      return {
        ...{ productId, name, terms },
        baskets: basketsFor(compositions, leaving, productId, tourId),
        own: tourId !== null && applied?.tourId === tourId,
        note: applied?.note ?? '',
        lines: applied?.lines ?? [],
        copied: copied?.length ? copied.map(({ produceId, quantity }) => ({ produceId, quantity })) : null,
      };
    });
    const used = columns.flatMap(({ lines, copied }) => [...lines, ...(copied ?? [])].map(({ produceId }) => produceId));
    return {
      day,
      tour,
      tours: tours.map((one) => ({
        ...one,
        baskets: products.reduce((sum, { id }) => sum + basketsFor([], leaving, id, one.id), 0),
        own: compositions.filter(({ tourId }) => tourId === one.id).length,
      })),
      columns,
      produce: await loadSheetProduce(tx, day, used),
      composedDays: await loadComposedDays(tx, day),
    };
  });
}

/** Which composition a tour follows: its own when it has one, else that of the day. */

type Own = { productId: number; tourId: number | null };
type Leaving = { tourId: number; productId: number; baskets: number };

/** @returns undefined when nothing is composed for it. */
export const applying = <C extends Own>(compositions: readonly C[], productId: number, tourId: number | null): C | undefined =>
  (tourId === null ? undefined : compositions.find((one) => one.productId === productId && one.tourId === tourId)) ??
  compositions.find((one) => one.productId === productId && one.tourId === null);

/** How many baskets a composition is for: those of its tour; for that of the day, those of all tours that have none of their own. */
export function basketsFor(compositions: readonly Own[], leaving: readonly Leaving[], productId: number, tourId: number | null): number {
  const own = (tour: number) => compositions.some((one) => one.productId === productId && one.tourId === tour);
  return leaving
    .filter((one) => one.productId === productId && (tourId === null ? !own(one.tourId) : one.tourId === tourId))
    .reduce((sum, one) => sum + one.baskets, 0);
}

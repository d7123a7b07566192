import type { Day } from '#kernel/day.ts';
import { type Frequency, isDue, type PlannedDelivery } from './plan.ts';

export type Candidate = { id: number; frequency: Frequency; startsOn: Day; endsOn: Day; tourId: number };

/**
 * The subscription a request is about, among those its customer has for the product: the only one; or else the first, in the order given,
 * that has a basket that week by itself. Null when none has.
 * @param delivery finds the delivery of a tour in the week of the request.
 */
export function assignRequest<C extends Candidate>(
  candidates: C[],
  delivery: (tourId: number) => Pick<PlannedDelivery, 'week' | 'usualDate' | 'closed'> | undefined,
): C | null {
  if (candidates.length === 1) return candidates[0]!;
  const due = candidates.find((candidate) => {
    const found = delivery(candidate.tourId);
    return (
      found &&
      !found.closed &&
      found.usualDate >= candidate.startsOn &&
      found.usualDate <= candidate.endsOn &&
      isDue(candidate.frequency, found)
    );
  });
  return due ?? null;
}

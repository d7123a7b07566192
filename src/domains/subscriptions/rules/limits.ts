import { type Flexibility, type Limit, type LimitedKind, limitedKinds, limitReached } from '#domains/plans/rules/flexibility.ts';
import type { Day, Week } from '#kernel/day.ts';
import type { Planned, StandingRequest } from './requests.ts';
import { deliveryIn } from './weeks.ts';

const isLimited = (kind: string): kind is LimitedKind => (limitedKinds as readonly string[]).includes(kind);

/**
 * The plan's limit that one more request would exceed, or null. The garden's own closings and what staff allowed beyond the rules do not count.
 */
export function limitOf(asked: { kind: string; from: Week }, rules: Flexibility, planned: Planned): Limit | null {
  if (!isLimited(asked.kind) || rules.limits.length === 0) return null;
  const dayOf = (week: Week): Day | undefined => deliveryIn(planned.subscription, planned.season, week)?.usualDate;
  const day = dayOf(asked.from);
  if (!day) return null;
  const counted = planned.requests.flatMap((request: StandingRequest) => {
    const on = isLimited(request.kind) && !request.dispensed && request.source !== 'garden' ? dayOf(request) : undefined;
    return on ? [{ kind: request.kind as LimitedKind, day: on }] : [];
  });
  return limitReached(rules, { kind: asked.kind, day }, counted);
}

/** How many baskets of a delivery are doubled, of how many that may be (null: no limit). */
export type Doubled = { doubled: number; cap: number | null };

export const mayDouble = ({ doubled, cap }: Doubled, more: number): boolean => cap === null || doubled + more <= cap;

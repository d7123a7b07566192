import { z } from 'zod';
import type { Day } from '#kernel/day.ts';

/** What subscribers of a plan may ask for; `make_up` needs no leave of its own: it takes from the counter. */
export const flexibleKinds = ['cancel', 'postpone', 'double', 'move', 'gift'] as const;
export type FlexibleKind = (typeof flexibleKinds)[number];

/** The kinds whose number may be limited in a window of the year. */
export const limitedKinds = ['cancel', 'postpone'] as const;
export type LimitedKind = (typeof limitedKinds)[number];

/**
 * What becomes of a cancelled basket: `none` (lost), `credit` (taken off what is owed), `counter` (to be made up before the end),
 * `make_up_date` (never cancelled alone: the customer names the other week, which makes it a postponement).
 */
export const remedies = ['none', 'credit', 'counter', 'make_up_date'] as const;
export type Remedy = (typeof remedies)[number];

/** A day of the year, `MM-DD`. */
const dayOfYear = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/);

/** `from` after `until` runs over New Year (« 12-15 » to « 01-10 »). */
const limit = z.object({
  from: dayOfYear,
  until: dayOfYear,
  kinds: z.array(z.enum(limitedKinds)).min(1),
  /** Of all these kinds together, in one window. */
  max: z.number().int().min(0).max(99),
});
export type Limit = z.infer<typeof limit>;

const flexibility = z.object({
  allowed: z.array(z.enum(flexibleKinds)).default([...flexibleKinds]),
  /** Hours before the preparation day begins until when customers may ask; null: the garden's own cut-off. */
  cutoffHours: z.number().int().min(0).max(336).nullable().default(null),
  limits: z.array(limit).default([]),
  remedy: z.enum(remedies).default('none'),
  /** How far a basket may be postponed, in weeks, earlier or later; null: as far as the subscription goes. */
  postponeWeeks: z.number().int().min(1).max(52).nullable().default(null),
});
export type Flexibility = z.infer<typeof flexibility>;

/**
 * What `plan.flexibility` holds; what is missing (all of it, for subscriptions without a plan: `readFlexibility(null)`) is as open as gardens
 * were before they had plans. @throws when what is stored was not written by this file's shape.
 */
export const readFlexibility = (stored: unknown): Flexibility => flexibility.parse(stored ?? {});

export const allows = (rules: Flexibility, kind: FlexibleKind): boolean => rules.allowed.includes(kind);

/** The dated window of a limit in which a day falls (`{ from: '2025-12-15', until: '2026-01-10' }`), or null. */
export function windowAround({ from, until }: Pick<Limit, 'from' | 'until'>, day: Day): { from: Day; until: Day } | null {
  const year = Number(day.slice(0, 4));
  const of = day.slice(5);
  const dated = (first: number, last: number) => ({ from: `${first}-${from}`, until: `${last}-${until}` });
  if (from <= until) return of >= from && of <= until ? dated(year, year) : null;
  if (of >= from) return dated(year, year + 1);
  return of <= until ? dated(year - 1, year) : null;
}

/**
 * The first limit that one more request would exceed, or null. A day is that of the delivery the basket is taken from.
 * @param standing the other requests of the same subscription, withdrawn and dispensed ones left out.
 */
export function limitReached(
  rules: Flexibility,
  asked: { kind: LimitedKind; day: Day },
  standing: readonly { kind: LimitedKind; day: Day }[],
): Limit | null {
  for (const one of rules.limits) {
    const window = one.kinds.includes(asked.kind) ? windowAround(one, asked.day) : null;
    if (!window) continue;
    const used = standing.filter(({ kind, day }) => one.kinds.includes(kind) && day >= window.from && day <= window.until);
    if (used.length >= one.max) return one;
  }
  return null;
}

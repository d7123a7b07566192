import { type Day, daysBetween } from '#kernel/day.ts';
import type { UnitPrice } from '#kernel/quantity.ts';
import type { DatedPrice } from './prices.ts';

/** What a drawing of prices needs, in its own units: the page makes an SVG of it. */
export type Curve = {
  width: number;
  height: number;
  /** Room at the sides, for what is written there. */
  left: number;
  right: number;
  /** Steps, as the `d` of a path: a price holds until the next. Holes where there was none. */
  line: string;
  dots: { x: number; y: number; startsOn: Day; unitPrice: UnitPrice }[];
  /** Round prices, from the lowest. */
  ticks: { y: number; unitPrice: UnitPrice }[];
  /** First of each month, or of each year when there are many. */
  marks: { x: number; day: Day }[];
  /** Where today stands. */
  todayX: number;
};

const frame = { width: 440, height: 210, left: 60, right: 12, top: 12, bottom: 28 };

/**
 * Draws prices from the first to today, or to the last one to come.
 * @returns null when there is nothing to draw: no price at all.
 */
export function curveOf(prices: readonly DatedPrice[], today: Day): Curve | null {
  const sorted = [...prices].sort((a, b) => (a.startsOn < b.startsOn ? -1 : 1));
  const known = sorted.flatMap(({ unitPrice }) => (unitPrice === null ? [] : [unitPrice]));
  if (!known.length) return null;
  const first = sorted[0]!.startsOn < today ? sorted[0]!.startsOn : today;
  const last = sorted.at(-1)!.startsOn > today ? sorted.at(-1)!.startsOn : today;
  // A price of today alone still needs some width to be a line.
  const days = Math.max(daysBetween(first, last), 7);
  const { width, height, left, right, top, bottom } = frame;
  const step = niceStep(Math.max(...known) / 4);
  const highest = Math.max(step * Math.ceil(Math.max(...known) / step), step);
  const round = (value: number) => Math.round(value * 10) / 10;
  const x = (day: Day) => round(left + ((width - left - right) * daysBetween(first, day)) / days);
  const y = (price: UnitPrice) => round(height - bottom - ((height - top - bottom) * price) / highest);
  let line = '';
  let drawing = false;
  for (const [at, { startsOn, unitPrice }] of sorted.entries()) {
    const until = at + 1 < sorted.length ? x(sorted[at + 1]!.startsOn) : width - right;
    if (unitPrice !== null) line += `${drawing ? `V${y(unitPrice)}` : `M${x(startsOn)} ${y(unitPrice)}`}H${until}`;
    drawing = unitPrice !== null;
  }
  return {
    width,
    height,
    left,
    right,
    line,
    dots: sorted.flatMap(({ startsOn, unitPrice }) =>
      unitPrice === null ? [] : [{ x: x(startsOn), y: y(unitPrice), startsOn, unitPrice }],
    ),
    ticks: Array.from({ length: Math.round(highest / step) + 1 }, (_, at) => ({ unitPrice: at * step, y: y(at * step) })),
    marks: firstDays(first, last, days).map((day) => ({ day, x: x(day) })),
    todayX: x(today),
  };
}

/** 1, 2 or 5 times a power of ten, at least so much. */
function niceStep(least: number): UnitPrice {
  let power = 1;
  while (power * 10 <= least) power *= 10;
  return [1, 2, 5, 10].map((times) => times * power).find((step) => step >= least) ?? power;
}

/** First days of months between two days, thinned out to six or so. */
function firstDays(first: Day, last: Day, days: number): Day[] {
  const every = [1, 2, 3, 6, 12].find((months) => days / 30.4 / months <= 6) ?? 24;
  const found: Day[] = [];
  for (let year = Number(first.slice(0, 4)); year <= Number(last.slice(0, 4)); year++)
    for (let month = 1; month <= 12; month++) {
      const day = `${year}-${String(month).padStart(2, '0')}-01`;
      if (day >= first && day <= last && (month - 1) % every === 0) found.push(day);
    }
  return found;
}

import { type Day, daysBetween, sayDay } from '#kernel/day.ts';

/** The curve of a basket's cost, drawn by the server: coordinates of an SVG of 720 × 260. */
export type CurvePoint = { day: Day; cost: number; mean: number; paid: number };
export const size = { width: 720, height: 260, left: 62, right: 16, top: 14, bottom: 34 };

export type Curve = {
  /** Each day's basket. */
  dots: { x: number; y: number; label: string }[];
  /** Average since the season began; price paid; departure price aimed at. */
  mean: string;
  paid: string;
  aim: number | null;
  ticks: { y: number; label: string }[];
  months: { x: number; label: string }[];
};

const euros = new Intl.NumberFormat('fr-FR', { style: 'currency', currency: 'EUR' });
const month = new Intl.DateTimeFormat('fr-FR', { month: 'short', timeZone: 'UTC' });
const round = (value: number) => Math.round(value * 10) / 10;

/** @param points in order of days. @param aim departure price aimed at, in euros. Null without a point. */
export function drawCurve(points: readonly CurvePoint[], aim: number | null): Curve | null {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return null;
  const span = Math.max(1, daysBetween(first.day, last.day));
  const values = [...points.flatMap(({ cost, mean, paid }) => [cost, mean, paid]), ...(aim === null ? [] : [aim])];
  const step = niceStep(Math.max(...values) - Math.min(...values));
  const low = Math.max(0, Math.floor((Math.min(...values) - step / 3) / step) * step);
  const high = Math.ceil((Math.max(...values) + step / 3) / step) * step;
  const inner = { width: size.width - size.left - size.right, height: size.height - size.top - size.bottom };
  const x = (day: Day) => round(size.left + (points.length === 1 ? 0.5 : daysBetween(first.day, day) / span) * inner.width);
  const y = (value: number) => round(size.top + (1 - (value - low) / (high - low)) * inner.height);
  const path = (of: (point: CurvePoint) => number) =>
    points.map((point, at) => `${at ? 'L' : 'M'}${x(point.day)} ${y(of(point))}`).join('');
  return {
    dots: points.map((point) => ({ x: x(point.day), y: y(point.cost), label: `${sayDay(point.day)} : ${euros.format(point.cost)}` })),
    mean: path(({ mean }) => mean),
    paid: path(({ paid }) => paid),
    aim: aim === null ? null : y(aim),
    ticks: Array.from({ length: Math.round((high - low) / step) + 1 }, (_, at) => low + at * step).map((value) => ({
      y: y(value),
      label: `${value.toLocaleString('fr-FR', { maximumFractionDigits: 2 })} €`,
    })),
    months: monthStarts(first.day, last.day).map((day) => ({ x: x(day), label: month.format(new Date(`${day}T00:00Z`)) })),
  };
}

/** A step of 0.5, 1, 2, 5, 10… that cuts a height in five or so. */
function niceStep(height: number): number {
  const rough = Math.max(height, 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  return ([1, 2, 5, 10].find((step) => step * power >= rough) ?? 10) * power;
}

/** The first of each month after a day, up to another. */
function monthStarts(from: Day, until: Day): Day[] {
  const days: Day[] = [];
  let [year, at] = [Number(from.slice(0, 4)), Number(from.slice(5, 7))];
  for (;;) {
    at += 1;
    if (at > 12) [year, at] = [year + 1, 1];
    const day = `${year}-${String(at).padStart(2, '0')}-01`;
    if (day > until) return days;
    days.push(day);
  }
}

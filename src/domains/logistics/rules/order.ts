export type Direction = 'up' | 'down';

/** The same stops with one of them a place earlier or later; at either end, or unknown, nothing moves. */
export function moved(order: readonly number[], id: number, direction: Direction): number[] {
  const from = order.indexOf(id);
  const to = from + (direction === 'up' ? -1 : 1);
  if (from < 0 || to < 0 || to >= order.length) return [...order];
  return order.with(from, order[to]!).with(to, id);
}

/** Whether two orders hold the same stops, each once. */
export const sameStops = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && new Set(a).size === a.length && new Set([...a, ...b]).size === a.length;

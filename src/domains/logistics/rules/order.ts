/** Whether two orders hold the same stops, each once. */
export const sameStops = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && new Set(a).size === a.length && new Set([...a, ...b]).size === a.length;

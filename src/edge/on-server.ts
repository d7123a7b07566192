/**
 * SvelteKit writes the data of every page as a script's text, even for pages that send no script: for a list of 200 rows that costs more
 * than showing it. What is marked here is shown, never written. Only for pages without JavaScript (`csr` is false); pages that have some load them
 * whole (`data-sveltekit-reload` in src/app.html).
 */
const kept = new WeakSet<object>();

/** Marks what a `load` returns, or a part of it. */
export function onServer<T extends object>(data: T): T {
  kept.add(data);
  return data;
}

export const isKept = (value: unknown): boolean => typeof value === 'object' && value !== null && kept.has(value);

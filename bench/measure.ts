/** One line of the results. `holds` null: told for information, with no limit. */
export type Result = { what: string; measured: string; limit: string; holds: boolean | null };

export const within = (what: string, value: number, limit: number, say: (value: number) => string): Result => ({
  what,
  measured: say(value),
  limit: `≤ ${say(limit)}`,
  holds: value <= limit,
});

export const told = (what: string, measured: string): Result => ({ what, measured, limit: '', holds: null });

export const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toLocaleString('en-GB', { maximumFractionDigits: 2 })} s`;
export const ms = (milliseconds: number): string => `${milliseconds.toLocaleString('en-GB', { maximumFractionDigits: 2 })} ms`;
export const megabytes = (bytes: number): string => `${Math.round(bytes / 1_048_576)} MB`;
export const kilobytes = (bytes: number): string => `${(bytes / 1024).toLocaleString('en-GB', { maximumFractionDigits: 1 })} KB`;
export const times = (ratio: number): string => `${ratio.toFixed(2)}×`;

/** How long it takes, in milliseconds, with the result. */
export async function timed<T>(work: () => Promise<T>): Promise<{ took: number; value: T }> {
  const start = performance.now();
  const value = await work();
  return { took: performance.now() - start, value };
}

export const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** The largest resident memory of this process so far, in bytes. */
export const peakMemory = (): number => process.resourceUsage().maxRSS * 1024;

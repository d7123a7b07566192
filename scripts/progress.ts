/** Tells what happens, on standard error: standard output is for results. */
export const say = (line: string): void => console.error(line);

/** A failure said in one sentence; the rest only for those who ask (COCAGNE_LOG=debug). */
export function fail(error: unknown): never {
  const { message, stack } = error instanceof Error ? error : { message: String(error), stack: undefined };
  console.error(`\n✗ ${message}`);
  if (process.env.COCAGNE_LOG === 'debug') console.error(stack);
  process.exit(1);
}

/** Says that a long step goes on, every few seconds, until it ends. */
export async function during<T>(what: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const seconds = () => Math.round((performance.now() - start) / 1000);
  say(`${what}…`);
  const timer = setInterval(() => say(`  ${what.toLowerCase()}, ${seconds()} s…`), 5000);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

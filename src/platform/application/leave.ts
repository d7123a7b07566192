/**
 * What has to end before the database stops. The pages are a bundle with modules of their own, so the two sides of one process meet on
 * the process itself, and the application waits for the promises that are handed to it.
 */
const LEAVING = 'cocagne:leaving';

/** Registers work to be done when the application stops; without an application around (vite dev), it is never called. */
export function onLeave(work: () => Promise<void>): void {
  process.once(LEAVING as 'exit', ((promises: Promise<void>[]) => promises.push(work())) as never);
}

/** Has everything that registered end, and waits for it. */
export async function leaveTogether(): Promise<void> {
  const promises: Promise<void>[] = [];
  process.emit(LEAVING as 'exit', promises as never);
  await Promise.allSettled(promises);
}

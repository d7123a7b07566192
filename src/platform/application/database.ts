import { config } from '#platform/config.ts';
import { closeDatabase, openDatabase } from '#platform/db/index.ts';
import { migrate } from '#platform/db/migrate.ts';
import { migrateJobs } from '#platform/jobs/worker.ts';
import { AlreadyRunning, startEmbedded } from '#platform/postgres/embedded.ts';
import { runningOwnerUrl } from '#platform/postgres/running.ts';

export type Server = { ownerUrl: string; stop: () => Promise<void> };

type Log = (line: string) => void;

/**
 * The PostgreSQL to work with: the one of DATABASE_URL, else the embedded one of the data folder. With `share`, a command may use the
 * embedded server of an application that is running on the same folder; without it the folder must be free.
 */
export async function reachServer(log: Log, options: { share?: boolean } = {}): Promise<Server> {
  const outside = config.databaseUrl();
  if (outside) return { ownerUrl: outside, stop: async () => {} };
  const folder = config.dataFolder();
  try {
    return await startEmbedded({ folder, log });
  } catch (error) {
    const ownerUrl = options.share && error instanceof AlreadyRunning ? runningOwnerUrl(folder) : null;
    if (!ownerUrl) throw error;
    return { ownerUrl, stop: async () => {} };
  }
}

/** Brings the database to this version: the house's tables, then those of the queue. */
export async function bringUpToDate(ownerUrl: string, log: Log = () => {}): Promise<string[]> {
  // The queue's tables first: our migrations grant the application the right to add to it.
  await migrateJobs(ownerUrl);
  return migrate(ownerUrl, { log });
}

/** Runs a command of the command line against an up-to-date database, and closes everything behind it. */
export async function withDatabase<T>(log: Log, work: (ownerUrl: string) => Promise<T>): Promise<T> {
  const server = await reachServer(log, { share: true });
  try {
    await bringUpToDate(server.ownerUrl, log);
    openDatabase(server.ownerUrl);
    return await work(server.ownerUrl);
  } finally {
    await closeDatabase();
    await server.stop();
  }
}

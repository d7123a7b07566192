import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { pathToFileURL } from 'node:url';
import { serve } from '../src/platform/application/serve.ts';
import { config } from '../src/platform/config.ts';
import { takeApplicationLock } from '../src/platform/postgres/application-lock.ts';
import { build, handlerFile } from './build.ts';
import { fail, say } from './progress.ts';

/** Looked at before anything long is done; the page server would find out only at the end. `command`: what to type again, with another port. */
async function needPort(command: string): Promise<void> {
  const [port, host] = [config.port(), config.host()];
  try {
    await new Promise<void>((resolve, reject) => {
      const trial = createServer().once('error', reject);
      trial.listen(port, host, () => trial.close(() => resolve()));
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    await needFolder();
    throw new Error(`Le port ${port} est déjà pris par un autre programme. Choisissez-en un autre : PORT=${port + 1} ${command}`);
  }
}

/** Who holds the port is most often this application, started twice: then that is what has to be said. */
async function needFolder(): Promise<void> {
  const folder = config.dataFolder();
  if (!config.databaseUrl() && existsSync(folder)) (await takeApplicationLock(folder)).release();
}

/** Builds when needed, then serves: `npm start`, and the second half of `npm run demo`. */
export async function start(command = 'npm start', prepare?: (ownerUrl: string) => Promise<void>): Promise<void> {
  await needPort(command);
  await build();
  // Read by SvelteKit's adapter when its handler is loaded.
  process.env.NODE_ENV ??= 'production';
  process.env.PROTOCOL_HEADER ??= 'x-forwarded-proto';
  if (process.env.COCAGNE_PROXY === 'yes') process.env.ADDRESS_HEADER ??= 'x-forwarded-for';
  process.env.BODY_SIZE_LIMIT ??= '60M';
  await serve({ log: say, prepare, handler: async () => (await import(pathToFileURL(handlerFile).href)).handler });
}

if (import.meta.main) await start().catch(fail);

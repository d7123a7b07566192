import { pathToFileURL } from 'node:url';
import { serve } from '../src/platform/application/serve.ts';
import { build, handlerFile } from './build.ts';
import { fail, say } from './progress.ts';

/** Builds when needed, then serves: `npm start`, and the second half of `npm run demo`. */
export async function start(prepare?: (ownerUrl: string) => Promise<void>): Promise<void> {
  await build();
  // Read by SvelteKit's adapter when its handler is loaded.
  process.env.NODE_ENV ??= 'production';
  process.env.PROTOCOL_HEADER ??= 'x-forwarded-proto';
  if (process.env.COCAGNE_PROXY === 'yes') process.env.ADDRESS_HEADER ??= 'x-forwarded-for';
  process.env.BODY_SIZE_LIMIT ??= '60M';
  await serve({ log: say, prepare, handler: async () => (await import(pathToFileURL(handlerFile).href)).handler });
}

if (import.meta.main) await start().catch(fail);

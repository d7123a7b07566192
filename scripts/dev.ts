import { createServer } from 'vite';
import { bringUpToDate, reachServer } from '../src/platform/application/database.ts';
import { config } from '../src/platform/config.ts';
import { fail, say } from './progress.ts';

/** For developers: the pages as they are written, on the data of `COCAGNE_DATA` (default ./data). */
async function dev(): Promise<void> {
  const server = await reachServer(say);
  await bringUpToDate(server.ownerUrl, say);
  process.env.DATABASE_URL ??= server.ownerUrl;
  const vite = await createServer({ server: { port: config.port(), host: config.host() } });
  await vite.listen();
  vite.printUrls();
  const leave = async () => {
    await vite.close();
    await server.stop();
    process.exit(0);
  };
  process.once('SIGINT', leave).once('SIGTERM', leave);
}

await dev().catch(fail);

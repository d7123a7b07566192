import { randomInt } from 'node:crypto';
import { createServer, type Server as HttpServer, type RequestListener } from 'node:http';
import { config } from '#platform/config.ts';
import { closeDatabase, databasePool } from '#platform/db/index.ts';
import { bringUpToDate, reachServer } from './database.ts';
import { distrust } from './distrust.ts';
import { leaveTogether } from './leave.ts';
import { allowOneClick } from './one-click.ts';
import { WholeAnswer } from './whole.ts';

type Options = {
  log: (line: string) => void;
  /** Loads what has to be there before the first page (the demonstration). */
  prepare?: (ownerUrl: string) => Promise<void>;
  /** The request listener of the built application; read only when the database is ready. */
  handler: () => Promise<RequestListener>;
};

/**
 * Starts the whole application: database, migrations, pages, worker; and stops it in the reverse order on SIGINT or SIGTERM, so that
 * requests under way end and nothing is left running.
 */
export async function serve({ log, prepare, handler }: Options): Promise<void> {
  const server = await reachServer(log);
  let web: HttpServer | undefined;
  const leave = once(async () => {
    log('Arrêt de Cocagne…');
    // The embedded server must stop whatever else fails; a request that never ends is cut after ten seconds.
    const hurry = setTimeout(() => web?.closeAllConnections(), 10_000);
    await new Promise<void>((resolve) => (web ? web.close(() => resolve()) : resolve()));
    clearTimeout(hurry);
    await leaveTogether();
    await closeDatabase();
    await server.stop();
    process.exit(0);
  });
  process.on('SIGINT', leave).on('SIGTERM', leave);

  try {
    // The pages are a bundle of their own: what they need to know reaches them through the environment.
    process.env.DATABASE_URL ??= server.ownerUrl;
    process.env.COCAGNE_INSTALL_CODE ??= String(randomInt(100_000, 1_000_000));
    await bringUpToDate(server.ownerUrl, log);
    await prepare?.(server.ownerUrl);
    web = await listen(await handler());
    announce(log, await isInstalled());
  } catch (error) {
    // What the pages' bundle started meanwhile must not go on looking for a database that stops.
    await leaveTogether();
    await closeDatabase();
    await server.stop();
    throw error;
  }
}

async function listen(handle: RequestListener): Promise<HttpServer> {
  const proxied = process.env.COCAGNE_PROXY === 'yes';
  const web = createServer({ ServerResponse: WholeAnswer }, (request, response) => {
    if (!proxied) distrust(request.headers);
    allowOneClick(request);
    handle(request, response);
  });
  await new Promise<void>((resolve, reject) => {
    web.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(
        taken ? new Error(`Le port ${config.port()} est déjà pris. Choisissez-en un autre : PORT=${config.port() + 1} npm start`) : error,
      );
    });
    web.listen(config.port(), config.host(), resolve);
  });
  return web;
}

async function isInstalled(): Promise<boolean> {
  const { rows } = await databasePool().query('select 1 from network');
  return rows.length > 0;
}

function announce(log: (line: string) => void, installed: boolean): void {
  log(`Cocagne est prêt : ${config.publicUrl()}`);
  if (!installed)
    log(
      `Première visite : ouvrez cette adresse et laissez-vous guider (code d’installation, s’il est demandé : ${process.env.COCAGNE_INSTALL_CODE}).`,
    );
  log('Pour arrêter : Ctrl + C.');
}

function once(work: () => Promise<void>): () => void {
  let begun = false;
  return () => {
    if (begun) return;
    begun = true;
    work().catch((error) => {
      console.error(error);
      process.exit(1);
    });
  };
}

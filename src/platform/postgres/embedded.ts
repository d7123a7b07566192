import { accessSync, constants, existsSync, mkdirSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chooseAccount, handOver } from './account.ts';
import { takeApplicationLock } from './application-lock.ts';
import { findBinaries } from './binaries.ts';
import { configure, createCluster, hasCluster } from './cluster.ts';
import { choosePort, ensureDatabase, ownerUrl, reload, ServerEnded, untilReady } from './connection.ts';
import { clearRemains, lastWords, launch, readPostmaster, runningPostmaster, type Site, shutDown, waitUntil } from './postmaster.ts';
import { isAlive } from './processes.ts';
import { type DatabaseSecrets, keepSecrets, newSecrets, readSecrets } from './secrets.ts';

export { AlreadyRunning } from './application-lock.ts';

export type EmbeddedServer = {
  /** Owner of the database: migrates. Not a superuser; has CREATEROLE and CREATEDB. The same as long as the server object lives. */
  ownerUrl: string;
  /** It was already running, left by a killed application. */
  adopted: boolean;
  /** Fast, clean shutdown; then frees the folder. May be called more than once. */
  stop(): Promise<void>;
};

export type EmbeddedOptions = { folder: string; log?: (line: string) => void; settings?: Record<string, string> };

/**
 * Starts (or adopts) the PostgreSQL of a data folder, creating both when needed, and keeps it running until stop().
 * `settings` are PostgreSQL settings that replace ours. `log` hears French sentences about whatever takes long or goes wrong.
 * Throws AlreadyRunning when another application serves the folder, and errors in French when the machine does not allow it.
 */
export async function startEmbedded({ folder, log = () => {}, settings = {} }: EmbeddedOptions): Promise<EmbeddedServer> {
  const root = openFolder(folder);
  const lock = await takeApplicationLock(root);
  try {
    const { site, secrets } = await prepare(root, log);
    const first = await bringUp(site, secrets, settings);
    if (first.port !== secrets.port) keepSecrets(root, { ...secrets, port: first.port });
    await ensureDatabase(secrets, first.port);
    const watch = keepUp(site, first, () => bringUp(site, { ...secrets, port: first.port }, settings, true));
    let stopped: Promise<void> | undefined;
    const stop = async () => {
      await watch.end();
      const running = runningPostmaster(site);
      if (running) await shutDown(site, running.pid);
      lock.release();
    };
    return {
      ownerUrl: ownerUrl(secrets, first.port),
      adopted: first.adopted,
      stop() {
        stopped ??= stop();
        return stopped;
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The folder's real path, made if needed. */
function openFolder(folder: string): string {
  try {
    mkdirSync(resolve(folder), { recursive: true });
    const root = realpathSync(resolve(folder));
    for (const path of [root, join(root, 'postgres')])
      if (existsSync(path)) accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    return root;
  } catch (error) {
    const hint = 'S’il a été créé par un autre compte, lancez Cocagne avec ce compte, ou choisissez un autre dossier avec COCAGNE_DATA.';
    throw new Error(`Le dossier de données ${folder} n’est pas accessible (${(error as Error).message}). ${hint}`);
  }
}

/** Finds the binaries and the account, and makes passwords and files on the first start. Passwords are on the disk before the files they open. */
async function prepare(root: string, log: (line: string) => void): Promise<{ site: Site; secrets: DatabaseSecrets }> {
  const data = join(root, 'postgres');
  const account = chooseAccount(root, data);
  handOver(data, account);
  const binaries = findBinaries(account, root);
  const exists = hasCluster(root, binaries);
  let secrets = readSecrets(root);
  if (exists && !secrets)
    throw new Error(`Le fichier secrets.json manque dans ${root} : sans lui la base de données ne peut pas être ouverte.`);
  if (!secrets) {
    secrets = newSecrets();
    keepSecrets(root, secrets);
  }
  if (!exists) {
    log('Préparation de la base de données…');
    await createCluster(root, account, binaries, secrets.superuser);
  }
  return { site: { data, account, binaries, log }, secrets };
}

type Running = { pid: number; port: number; adopted: boolean };

/** How many times a start is tried again when the port was snatched or a dead server's last process still holds the memory. */
const TRIALS = 10;

/** Has the folder's server accept connections: the one that runs, else a new one. `samePort`: connected clients know the port, keep it. */
async function bringUp(site: Site, secrets: DatabaseSecrets, settings: Record<string, string>, samePort = false): Promise<Running> {
  for (let trial = 1; ; trial++) {
    const found = runningPostmaster(site);
    try {
      if (found && found.status !== 'stopping') return await adopt(site, secrets, settings, found);
      if (found) {
        site.log('La base de données finit de s’arrêter…');
        await waitUntil(() => !isAlive(found.pid), 90_000);
      }
      return await startNew(site, secrets, settings, samePort);
    } catch (error) {
      if (!(error instanceof ServerEnded)) throw error;
      if (trial === TRIALS) throw new Error(`PostgreSQL ne démarre pas dans ${site.data} : ${lastWords(site.data)}`);
      await sleep(500);
    }
  }
}

async function adopt(
  site: Site,
  secrets: DatabaseSecrets,
  settings: Record<string, string>,
  { pid, port }: { pid: number; port: number },
): Promise<Running> {
  await untilReady(secrets, port, () => isAlive(pid), site.log);
  configure(site.data, site.account, port, settings);
  await reload(secrets, port);
  return { pid, port, adopted: true };
}

async function startNew(site: Site, secrets: DatabaseSecrets, settings: Record<string, string>, samePort: boolean): Promise<Running> {
  await clearRemains(site);
  const port = samePort && secrets.port ? secrets.port : await choosePort(secrets.port);
  configure(site.data, site.account, port, settings);
  const { pid } = await launch(site);
  const started = performance.now();
  // Where the process number is not known at once, the server has ten seconds to write it down.
  const alive = () => (pid ? isAlive(pid) : runningPostmaster(site) !== undefined || performance.now() - started < 10_000);
  await untilReady(secrets, port, alive, site.log);
  return { pid: pid ?? readPostmaster(site.data)?.pid ?? 0, port, adopted: false };
}

/** Restarts allowed within the period: beyond, something is wrong that restarting does not mend. */
const RESTARTS = { most: 5, within: 10 * 60_000 };

/** Watches the server and brings it up again when it dies, until end(). The pool of connections then reconnects by itself. */
function keepUp(site: Site, first: Running, again: () => Promise<Running>): { end(): Promise<void> } {
  const ending = new AbortController();
  const watching = (async () => {
    let { pid } = first;
    let restarts: number[] = [];
    while (await pause(500, ending.signal)) {
      if (isAlive(pid)) continue;
      restarts = [...restarts.filter((time) => performance.now() - time < RESTARTS.within), performance.now()];
      if (restarts.length > RESTARTS.most) {
        site.log('La base de données s’arrête sans cesse : relancez Cocagne, et voyez le dossier postgres/log.');
        return;
      }
      site.log('La base de données s’est arrêtée de façon inattendue : elle redémarre…');
      try {
        ({ pid } = await again());
        site.log('La base de données est de nouveau en marche.');
      } catch (error) {
        site.log(`La base de données n’a pas redémarré : ${(error as Error).message}`);
      }
    }
  })();
  return {
    async end() {
      ending.abort();
      await watching;
    },
  };
}

/** Waits without keeping the application alive; false when told to end. */
async function pause(duration: number, signal: AbortSignal): Promise<boolean> {
  try {
    await sleep(duration, undefined, { ref: false, signal });
    return true;
  } catch {
    return false;
  }
}

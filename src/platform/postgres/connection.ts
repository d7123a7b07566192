import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { DatabaseSecrets } from './secrets.ts';

/** The server ended, or never came up, while we waited for it. */
export class ServerEnded extends Error {
  override name = 'ServerEnded';
}

export const ownerUrl = (secrets: DatabaseSecrets, port: number) => `postgres://cocagne:${secrets.owner}@127.0.0.1:${port}/cocagne`;

const superuserUrl = (secrets: DatabaseSecrets, port: number) => `postgres://postgres:${secrets.superuser}@127.0.0.1:${port}/postgres`;

/**
 * Waits for the server to accept us, as long as its process lives: recovery after a power cut takes the time it takes.
 * `alive` says whether the process is still there. Our password proves that it is our server: scram authenticates both ways.
 */
export async function untilReady(secrets: DatabaseSecrets, port: number, alive: () => boolean, log: (line: string) => void): Promise<void> {
  let nextWord = performance.now() + 2_000;
  for (;;) {
    try {
      await query(superuserUrl(secrets, port), 'SELECT 1');
      return;
    } catch (error) {
      if ((error as { code?: string }).code === '28P01') throw new Error(WRONG_PASSWORD);
    }
    if (!alive()) throw new ServerEnded();
    if (performance.now() > nextWord) {
      log('La base de données démarre ; après un arrêt brutal, elle se remet d’abord en ordre…');
      nextWord += 10_000;
    }
    await sleep(50);
  }
}

const WRONG_PASSWORD =
  'Le mot de passe gardé dans secrets.json n’est pas celui de la base de données. Remettez en place le fichier secrets.json d’origine.';

/** Makes the owner and the database when they are missing, e.g. when the very first start was interrupted. Safe to repeat. */
export async function ensureDatabase(secrets: DatabaseSecrets, port: number): Promise<void> {
  const url = ownerUrl(secrets, port);
  if (await accepts(url)) return;
  const client = new pg.Client({ connectionString: superuserUrl(secrets, port) });
  await client.connect();
  try {
    const known = await client.query("SELECT 1 FROM pg_roles WHERE rolname = 'cocagne'");
    const password = client.escapeLiteral(secrets.owner);
    await client.query(`${known.rowCount ? 'ALTER' : 'CREATE'} ROLE cocagne LOGIN CREATEROLE CREATEDB NOSUPERUSER PASSWORD ${password}`);
    const made = await client.query("SELECT 1 FROM pg_database WHERE datname = 'cocagne'");
    if (!made.rowCount) await client.query('CREATE DATABASE cocagne OWNER cocagne');
  } finally {
    await client.end();
  }
  await query(url, 'SELECT 1');
}

/** Makes a running server read its configuration again. */
export const reload = (secrets: DatabaseSecrets, port: number) => query(superuserUrl(secrets, port), 'SELECT pg_reload_conf()');

async function accepts(url: string): Promise<boolean> {
  try {
    await query(url, 'SELECT 1');
    return true;
  } catch (error) {
    // Unknown role or wrong password, unknown database: to be made. Anything else is a fault.
    if (['28P01', '28000', '3D000'].includes((error as { code?: string }).code ?? '')) return false;
    throw error;
  }
}

async function query(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // A server that dies at this very moment is reported by the query; without a listener it would end the application.
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end().catch(() => {});
  }
}

/** The remembered port if nobody uses it, else a free one, below the range that systems lend to outgoing connections. */
export async function choosePort(remembered: number | undefined): Promise<number> {
  if (remembered && (await isFree(remembered))) return remembered;
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (await isFree(port)) return port;
  }
  throw new Error('Aucun port libre n’a été trouvé pour la base de données.');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const trial = createServer();
    trial.once('error', () => resolve(false));
    trial.listen(port, '127.0.0.1', () => trial.close(() => resolve(true)));
  });
}

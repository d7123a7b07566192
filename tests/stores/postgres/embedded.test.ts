import { spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { platform } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AlreadyRunning, startEmbedded } from '#platform/postgres/embedded.ts';
import { waitUntil } from '#platform/postgres/postmaster.ts';
import { isAlive, workersIn } from '#platform/postgres/processes.ts';
import {
  type Application,
  acknowledged,
  kill,
  launchApplication,
  newFolder,
  postmasterPid,
  runApplication,
  said,
  stopApplication,
} from './running.ts';

/** Shared by most tests, one after the other. */
const folder = newFolder();
const isRoot = process.getuid?.() === 0;
const folders = [folder];
const applications: Application[] = [];
const track = <T extends Application>(application: T): T => {
  applications.push(application);
  return application;
};
/** The account that the server of a folder runs under. */
function account(path = folder) {
  const { uid, gid } = statSync(join(path, 'postgres'), { throwIfNoEntry: false }) ?? { uid: 0, gid: 0 };
  return isRoot ? { uid, gid } : undefined;
}

async function ask<Row extends object>(url: string, text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(text, values)).rows as Row[];
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  const first = await startEmbedded({ folder });
  await first.stop();
});

afterAll(async () => {
  await Promise.all(applications.map(stopApplication));
  // What a failed test left running must not outlive the tests.
  for (const path of folders.reverse()) {
    for (const pid of workersIn(join(path, 'postgres'), account(path))) await kill(pid);
    rmSync(path, { recursive: true, force: true });
  }
});

describe('a start', () => {
  test('keeps passwords, port and data from one to the next, and gives an owner who is no superuser', async () => {
    const first = await startEmbedded({ folder });
    await ask(first.ownerUrl, 'CREATE TABLE kept (word text)');
    await ask(first.ownerUrl, "INSERT INTO kept VALUES ('blette')");
    await first.stop();
    await first.stop();
    expect(existsSync(join(folder, 'application.lock'))).toBe(false);

    const second = await startEmbedded({ folder });
    expect(second).toMatchObject({ ownerUrl: first.ownerUrl, adopted: false });
    expect(await ask(second.ownerUrl, 'SELECT word FROM kept')).toEqual([{ word: 'blette' }]);
    const rights = await ask(
      second.ownerUrl,
      'SELECT rolname, rolsuper, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user',
    );
    expect(rights).toEqual([{ rolname: 'cocagne', rolsuper: false, rolcreaterole: true, rolcreatedb: true }]);
    await second.stop();
    expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
  });

  test('is durable, sorts as the French do, and takes settings', async () => {
    const server = await startEmbedded({ folder, settings: { work_mem: '5MB' } });
    const shown = await ask<{ name: string; setting: string }>(
      server.ownerUrl,
      `SELECT name, current_setting(name) AS setting FROM unnest(ARRAY['fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums', 'listen_addresses',
        'password_encryption', 'server_encoding', 'work_mem']) name`,
    );
    expect(Object.fromEntries(shown.map(({ name, setting }) => [name, setting]))).toEqual({
      fsync: 'on',
      synchronous_commit: 'on',
      full_page_writes: 'on',
      data_checksums: 'on',
      listen_addresses: '127.0.0.1',
      password_encryption: 'scram-sha-256',
      server_encoding: 'UTF8',
      work_mem: '5MB',
    });
    const sorted = await ask<{ name: string }>(
      server.ownerUrl,
      "SELECT name FROM unnest(ARRAY['Zoé', 'étienne', 'Faure', 'Élodie', 'Eric']) name ORDER BY name",
    );
    expect(sorted.map(({ name }) => name)).toEqual(['Élodie', 'Eric', 'étienne', 'Faure', 'Zoé']);
    const wrong = server.ownerUrl.replace(/:[^:@/]+@/, ':wrong@');
    await expect(ask(wrong, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    await server.stop();
  });

  test('takes another port when somebody else took the remembered one', async () => {
    const before = JSON.parse(readFileSync(join(folder, 'secrets.json'), 'utf8')).postgres.port;
    const somebody = createServer().listen(before, '127.0.0.1');
    await new Promise((resolve) => somebody.once('listening', resolve));
    const server = await startEmbedded({ folder });
    expect(Number(new URL(server.ownerUrl).port)).not.toBe(before);
    await server.stop();
    await new Promise((resolve) => somebody.close(resolve));
  });
});

describe('one application per folder', () => {
  test('refuses a second one, here or in another process, and says where and who', async () => {
    const server = await startEmbedded({ folder });
    await expect(startEmbedded({ folder })).rejects.toThrow(AlreadyRunning);
    const other = track(launchApplication(folder));
    expect(await said(other, /^refused/)).toMatch(`sur le dossier ${folder} (processus ${process.pid})`);
    expect(await ask(server.ownerUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await server.stop();
  });

  test('lets one of several simultaneous starts win', async () => {
    const starts = [1, 2, 3, 4].map(() => track(launchApplication(folder)));
    const answers = await Promise.all(starts.map((start) => said(start, /^(ready|refused)/)));
    expect(answers.filter((answer) => answer.startsWith('ready'))).toHaveLength(1);
    expect(answers.filter((answer) => answer.startsWith('refused AlreadyRunning'))).toHaveLength(3);
    await Promise.all(starts.map(stopApplication));
  });

  test('is not fooled by stale files that name processes of somebody else', async () => {
    // Under PostgreSQL's own account: PostgreSQL itself would take this process for a running server and refuse to start.
    const stranger = spawn('sleep', ['60'], { ...account(), cwd: '/', stdio: 'ignore' });
    writeFileSync(join(folder, 'application.lock'), JSON.stringify({ pid: stranger.pid, since: '2024-01-01T00:00:00Z' }));
    const pidFile = join(folder, 'postgres', 'postmaster.pid');
    writeFileSync(pidFile, `${stranger.pid}\n${join(folder, 'postgres')}\n1700000000\n5999\n\n127.0.0.1\n  1234567         0\nready   \n`);
    chmodSync(pidFile, 0o600);
    if (isRoot) chownSync(pidFile, account()?.uid ?? 0, account()?.gid ?? 0);
    const server = await startEmbedded({ folder });
    expect(server.adopted).toBe(false);
    expect(isAlive(stranger.pid ?? 0)).toBe(true);
    await server.stop();
    stranger.kill('SIGKILL');
  });
});

describe('brutal ends', () => {
  test('a server that outlived its application is adopted as it is', async () => {
    const killed = track(await runApplication(folder));
    const postmaster = postmasterPid(folder);
    await kill(killed.pid);
    const server = await startEmbedded({ folder });
    expect(server).toMatchObject({ adopted: true, ownerUrl: killed.url });
    expect(postmasterPid(folder)).toBe(postmaster);
    await server.stop();
    expect(isAlive(postmaster)).toBe(false);
  });

  test('no acknowledged row is lost, whichever of the two is killed, whenever', async () => {
    const told: number[] = [];
    for (const victims of ['application', 'server', 'both', 'application', 'both', 'both']) {
      const running = track(await runApplication(folder, 'insert'));
      const heard = acknowledged(running).length;
      await waitUntil(() => acknowledged(running).length > heard + 50, 10_000);
      const postmaster = postmasterPid(folder);
      if (victims !== 'application') process.kill(postmaster, 'SIGKILL');
      if (victims === 'both' || victims === 'application') await kill(running.pid);
      else {
        const from = running.lines.length;
        await said(running, /^log La base de données est de nouveau en marche/, from);
        await said(running, /^ack/, running.lines.length);
        await kill(running.pid);
      }
      told.push(...acknowledged(running));
    }
    const server = await startEmbedded({ folder });
    const missing = await ask(server.ownerUrl, 'SELECT n FROM unnest($1::bigint[]) n WHERE n NOT IN (SELECT number FROM acknowledged)', [
      told,
    ]);
    expect(told.length).toBeGreaterThan(300);
    expect(missing).toEqual([]);
    await server.stop();
  });

  test('a killed server is brought up again on the same port while the application lives, its last query ended', async () => {
    const running = track(await runApplication(folder));
    const before = postmasterPid(folder);
    // A query that computes for a long time does not notice that its server is dead, and holds the shared memory.
    const busy = ask(running.url, 'SELECT sum(sqrt(n)) FROM generate_series(1, 2000000000) n').catch((error: Error) => error);
    await waitUntil(() => false, 300);
    await kill(before);
    await said(running, /^log La base de données est de nouveau en marche/);
    expect(await busy).toBeInstanceOf(Error);
    expect(postmasterPid(folder)).not.toBe(before);
    expect(await ask(running.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(await stopApplication(running)).toBe(0);
    expect(workersIn(join(folder, 'postgres'), account())).toEqual([]);
  });

  test('a server that keeps dying is left alone after five restarts', async () => {
    const running = track(await runApplication(folder));
    for (let time = 1; time <= 5; time++) {
      const from = running.lines.length;
      await kill(postmasterPid(folder));
      expect(await said(running, /de nouveau en marche/, from)).toMatch('de nouveau en marche');
    }
    await kill(postmasterPid(folder));
    expect(await said(running, /^log .*s’arrête sans cesse/)).toMatch('relancez Cocagne');
    expect(await stopApplication(running)).toBe(0);
  });
});

describe.skipIf(!isRoot || platform() !== 'linux')('accounts (as root)', () => {
  const NOBODY = { uid: 65534, gid: 65534 };

  test('root never runs the server itself, even below a folder closed to all others', async () => {
    expect(account()?.uid).not.toBe(0);
    const closed = newFolder();
    folders.push(closed, join(closed, 'data'));
    chmodSync(closed, 0o700);
    const data = join(closed, 'data');
    for (const adopted of [false, false]) {
      const server = await startEmbedded({ folder: data });
      expect(server.adopted).toBe(adopted);
      expect(statSync(`/proc/${postmasterPid(data)}`).uid).not.toBe(0);
      await server.stop();
    }
    expect(statSync(closed).mode & 0o777).toBe(0o700);
  });

  test('an ordinary user runs it as themselves, also after root has', async () => {
    const own = newFolder();
    folders.push(own);
    chownSync(own, NOBODY.uid, NOBODY.gid);
    const first = track(await runApplication(own, 'stay', NOBODY));
    expect(statSync(`/proc/${postmasterPid(own)}`).uid).toBe(NOBODY.uid);
    await stopApplication(first);
    const byRoot = await startEmbedded({ folder: own });
    expect(statSync(`/proc/${postmasterPid(own)}`).uid).toBe(NOBODY.uid);
    await byRoot.stop();
    const again = track(await runApplication(own, 'stay', NOBODY));
    expect(again.url).toBe(byRoot.ownerUrl);
    await stopApplication(again);
  });

  test('an ordinary user is told, in French, when the folder is somebody else’s', async () => {
    const roots = newFolder();
    folders.push(roots);
    mkdirSync(join(roots, 'data'));
    await expect(runApplication(join(roots, 'data'), 'stay', NOBODY)).rejects.toThrow(/n’est pas accessible.*créé par un autre compte/);
  });
});

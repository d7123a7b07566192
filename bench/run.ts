import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { build } from '../scripts/build.ts';
import { during, fail, say } from '../scripts/progress.ts';
import { loadDemo } from '../src/demo/load.ts';
import { bringUpToDate } from '../src/platform/application/database.ts';
import { today } from '../src/platform/clock.ts';
import { closeDatabase, openDatabase } from '../src/platform/db/index.ts';
import { startEmbedded } from '../src/platform/postgres/embedded.ts';
import type { Result } from './measure.ts';
import { report } from './report.ts';

const parts = {
  plan: 'Planning',
  sheet: 'Sheets',
  pages: 'Pages',
  proposal: 'Proposals',
  documents: 'Documents',
  billing: 'Billing',
  front: 'In front of people',
} as const;
type Part = keyof typeof parts;
/** The others bring what they ask about: no garden of the network is read. */
const needsNetwork = (part: Part) => !['proposal', 'documents', 'billing', 'front'].includes(part);

/** A database that is thrown away afterwards: on the server of DATABASE_URL, or on an embedded one as the application starts it. */
async function throwAway(): Promise<{ url: string; server: string; drop: () => Promise<void> }> {
  const outside = process.env.DATABASE_URL;
  const folder = outside ? null : await mkdtemp(join(tmpdir(), 'cocagne-bench-'));
  const embedded = folder ? await startEmbedded({ folder, log: say }) : null;
  const admin = new pg.Client({ connectionString: outside ?? embedded!.ownerUrl });
  await admin.connect();
  const name = `cocagne_bench_${process.pid}`;
  await admin.query(`create database ${name}`);
  const { rows } = await admin.query('show server_version');
  const url = new URL(outside ?? embedded!.ownerUrl);
  url.pathname = `/${name}`;
  return {
    url: url.toString(),
    server: `PostgreSQL ${rows[0].server_version.split(' ')[0]}, ${outside ? 'outside' : 'embedded'}`,
    drop: async () => {
      await admin.query(`drop database if exists ${name} with (force)`);
      await admin.end();
      await embedded?.stop();
      if (folder) await rm(folder, { recursive: true, force: true });
    },
  };
}

/** 102 gardens; their baskets are left to the planning part when it runs, since it measures them. */
async function load(url: string, plan: boolean): Promise<void> {
  openDatabase(url);
  try {
    await loadDemo({ ownerUrl: url, today: today(), scale: 'network', plan, log: say });
  } finally {
    await closeDatabase();
  }
}

async function measure(part: Part, url: string): Promise<Result[]> {
  const running = promisify(execFile)(process.execPath, [fileURLToPath(new URL(`./${part}.ts`, import.meta.url)), url], {
    maxBuffer: 1 << 24,
  });
  running.child.stderr?.pipe(process.stderr);
  return JSON.parse((await running).stdout);
}

/** `npm run bench`, or `npm run bench -- plan`, `sheet`, `pages`, `proposal`, `documents`, `billing`, `front`. Exit code 1 when a limit is passed. */
async function run(words: string[]): Promise<void> {
  const unknown = words.find((word) => !(word in parts));
  if (unknown) throw new Error(`« ${unknown} » is not a part of the bench: ${Object.keys(parts).join(', ')}.`);
  const wanted = (Object.keys(parts) as Part[]).filter((part) => words.length === 0 || words.includes(part));
  if (wanted.some((part) => part === 'pages' || part === 'front')) await build();
  const { url, server, drop } = await throwAway();
  try {
    await bringUpToDate(url);
    if (wanted.some(needsNetwork)) await during('Loading the network (102 gardens)', () => load(url, !wanted.includes('plan')));
    let held = true;
    for (const part of wanted) {
      const results = await during(parts[part], () => measure(part, url));
      held = report(part, parts[part], results, server) && held;
    }
    if (!held) process.exitCode = 1;
  } finally {
    await drop();
  }
}

await run(process.argv.slice(2)).catch(fail);

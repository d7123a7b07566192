import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { bringUpToDate } from '../src/platform/application/database.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Owner's address of a migrated, empty database from which each test file gets its own copy. */
    templateUrl: string;
  }
}

/** One server for the whole run: the one of DATABASE_URL, or an embedded one that is thrown away. */
export default async function setup(project: TestProject) {
  let stop = async () => {};
  let ownerUrl = process.env.DATABASE_URL;
  if (!ownerUrl) {
    const { startEmbedded } = await import('../src/platform/postgres/embedded.ts');
    const folder = await mkdtemp(join(tmpdir(), 'cocagne-test-'));
    const server = await startEmbedded({ folder, settings: { fsync: 'off', max_connections: '120' } });
    ownerUrl = server.ownerUrl;
    stop = async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    };
  }
  const name = `cocagne_template_${process.pid}`;
  const admin = new pg.Client({ connectionString: ownerUrl });
  await admin.connect();
  await admin.query(`create database ${name}`);
  const url = new URL(ownerUrl);
  url.pathname = `/${name}`;
  await bringUpToDate(url.toString());
  project.provide('templateUrl', url.toString());
  return async () => {
    await admin.query(`drop database if exists ${name} with (force)`);
    await admin.end();
    await stop();
  };
}

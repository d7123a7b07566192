import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { takeApplicationLock } from '../../src/platform/postgres/application-lock.ts';

const folder = mkdtempSync(join(tmpdir(), 'cocagne-start-'));
let taken: Server;
let port: number;

beforeAll(async () => {
  taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  port = (taken.address() as { port: number }).port;
});
afterAll(() => {
  taken.close();
  rmSync(folder, { recursive: true });
});

/** What a start on the taken port says before it gives up, and its exit code. */
function begin(script: string): Promise<{ code: number | null; said: string }> {
  const { DATABASE_URL: _, ...outside } = process.env;
  const env = { ...outside, COCAGNE_DATA: folder, PORT: String(port), HOST: '127.0.0.1' };
  const child = spawn(process.execPath, [`scripts/${script}.ts`], { env });
  let said = '';
  child.stdout.on('data', (text) => (said += text));
  child.stderr.on('data', (text) => (said += text));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, said: said.trim() })));
}

test('a port that is taken is told at once, with the command to type instead, before anything is built or made', async () => {
  const other = `PORT=${port + 1}`;
  const refusal = `✗ Le port ${port} est déjà pris par un autre programme. Choisissez-en un autre : ${other}`;
  expect(await begin('start')).toEqual({ code: 1, said: `${refusal} npm start` });
  expect(await begin('demo')).toEqual({ code: 1, said: `${refusal} npm run demo` });
}, 30_000);

test('the application started twice is told that it is there already, rather than to take another port', async () => {
  const lock = await takeApplicationLock(folder);
  try {
    const { code, said } = await begin('start');
    expect(code).toBe(1);
    expect(said).toContain(`✗ Cocagne est déjà en marche sur le dossier ${folder} (processus ${process.pid}).`);
  } finally {
    lock.release();
  }
}, 30_000);

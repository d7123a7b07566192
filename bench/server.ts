import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PASSWORD } from '../src/demo/team.ts';

export type Answer = { status: number; body: Buffer; encoding: string; cookies: string[]; location: string };
type Ask = { method?: string; body?: string; headers?: Record<string, string> };

/** Like a browser, but the body stays as it came: its size is what goes over the wire. */
export const ask = (url: string, { method = 'GET', body, headers = {} }: Ask = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          body: Buffer.concat(chunks),
          encoding: response.headers['content-encoding'] ?? 'none',
          location: response.headers.location ?? '',
          cookies: (response.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]!),
        }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

type Served = { origin: string; stop: () => Promise<void> };

/** A server in a process of its own, once it answers. */
export async function start(script: string, env: NodeJS.ProcessEnv, ready: string): Promise<Served> {
  const port = await freePort();
  const server: ChildProcess = spawn(process.execPath, [script], {
    env: { ...process.env, PORT: String(port), HOST: '127.0.0.1', ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const gone = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  for (;;) {
    if (server.exitCode !== null) throw new Error(`${script} did not start.`);
    const answer = await ask(`http://127.0.0.1:${port}${ready}`).catch(() => null);
    if (answer?.status === 200) break;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  return {
    origin: `http://localhost:${port}`,
    stop: async () => {
      server.kill('SIGTERM');
      await gone;
    },
  };
}

/** The built application, as `npm start` serves it, on the bench's database. */
export async function serve(ownerUrl: string): Promise<Served> {
  const folder = await mkdtemp(join(tmpdir(), 'cocagne-bench-pages-'));
  const script = fileURLToPath(new URL('../scripts/start.ts', import.meta.url));
  const { origin, stop } = await start(script, { COCAGNE_DATA: folder, DATABASE_URL: ownerUrl, COCAGNE_LOG: 'warn' }, '/health');
  return {
    origin,
    stop: async () => {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** By the form, as the administrator of the pilot-size garden if nobody else is named. @returns the cookies. */
export async function signIn(origin: string, email = 'camille@exemple.test'): Promise<string> {
  const body = new URLSearchParams({ email, accountPassword: PASSWORD }).toString();
  const headers = { origin, 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' };
  const answer = await ask(`${origin}/connexion?/password`, { method: 'POST', body, headers });
  if (answer.status !== 303 || answer.cookies.length === 0) throw new Error(`Signing in was answered by ${answer.status}.`);
  return answer.cookies.join('; ');
}

/** Seconds of processor, user and system, that the server has used. */
export async function cpu(origin: string): Promise<number> {
  const text = (await ask(`${origin}/metrics`)).body.toString();
  return Number(/^process_cpu_seconds_total (\S+)/m.exec(text)?.[1]);
}

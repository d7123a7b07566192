import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PASSWORD } from '../src/demo/team.ts';
import { deliveries } from '../src/domains/logistics/index.server.ts';
import { systemActor } from '../src/platform/access/actor.ts';
import { today } from '../src/platform/clock.ts';
import { database } from '../src/platform/db/index.ts';
import { inGarden } from '../src/platform/db/tenancy.ts';
import { kilobytes, ms, type Result, told, within } from './measure.ts';
import { log, PILOT, part } from './part.ts';

// The engine goes on compiling for about a thousand requests, and a server lives for months: its first minute is not what it costs.
const WARM_UP = 1000;
const MEASURED = 200;

type Answer = { status: number; body: Buffer; encoding: string; cookies: string[] };
type Ask = { method?: string; body?: string; headers?: Record<string, string> };

/** Like a browser, but the body stays as it came: its size is what goes over the wire. */
const ask = (url: string, { method = 'GET', body, headers = {} }: Ask = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          body: Buffer.concat(chunks),
          encoding: response.headers['content-encoding'] ?? 'none',
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

/** The built application, as `npm start` serves it, on the bench's database. */
async function serve(ownerUrl: string): Promise<{ origin: string; stop: () => Promise<void> }> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'cocagne-bench-pages-'));
  const server: ChildProcess = spawn(process.execPath, [fileURLToPath(new URL('../scripts/start.ts', import.meta.url))], {
    env: { ...process.env, COCAGNE_DATA: folder, DATABASE_URL: ownerUrl, PORT: String(port), HOST: '127.0.0.1', COCAGNE_LOG: 'warn' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const gone = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const origin = `http://localhost:${port}`;
  for (;;) {
    if (server.exitCode !== null) throw new Error('The application did not start.');
    const answer = await ask(`http://127.0.0.1:${port}/health`).catch(() => null);
    if (answer?.status === 200) break;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  return {
    origin,
    stop: async () => {
      server.kill('SIGTERM');
      await gone;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** By the form, as the administrator of the pilot-size garden. @returns the cookies. */
async function signIn(origin: string): Promise<string> {
  const body = new URLSearchParams({ email: 'camille@exemple.test', accountPassword: PASSWORD }).toString();
  const headers = { origin, 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' };
  const answer = await ask(`${origin}/connexion?/password`, { method: 'POST', body, headers });
  if (answer.status !== 303 || answer.cookies.length === 0) throw new Error(`Signing in was answered by ${answer.status}.`);
  return answer.cookies.join('; ');
}

/** Seconds of processor, user and system, that the server has used. */
async function cpu(origin: string): Promise<number> {
  const text = (await ask(`${origin}/metrics`)).body.toString();
  return Number(/^process_cpu_seconds_total (\S+)/m.exec(text)?.[1]);
}

const headersOf = (cookie: string) => ({ cookie, 'accept-encoding': 'gzip, br, zstd', accept: 'text/html' });

/** Milliseconds of the server's processor, and of time, that one answer takes once the server is warm. */
async function costs(origin: string, cookie: string, path: string): Promise<{ perRequest: number; elapsed: number; answer: Answer }> {
  const headers = headersOf(cookie);
  for (let time = 0; time < WARM_UP; time++) await ask(origin + path, { headers });
  const before = await cpu(origin);
  const start = performance.now();
  let answer = await ask(origin + path, { headers });
  for (let time = 1; time < MEASURED; time++) answer = await ask(origin + path, { headers });
  const elapsed = (performance.now() - start) / MEASURED;
  return { perRequest: (((await cpu(origin)) - before) * 1000) / MEASURED, elapsed, answer };
}

/** What the framework and the sign-in cost before a page says anything: the same machine, the same run. */
async function floor(origin: string, cookie: string): Promise<Result[]> {
  const bare = await costs(origin, cookie, '/health');
  const small = await costs(origin, cookie, `/gestion/${PILOT}/saisons`);
  return [
    told('An answer without a page (/health): server CPU per request', ms(bare.perRequest)),
    told('A page of two lines (/saisons): server CPU per request', ms(small.perRequest)),
  ];
}

async function page(origin: string, cookie: string, path: string, what: string, limit: number): Promise<Result[]> {
  const plain = await ask(origin + path, { headers: { cookie, accept: 'text/html' } });
  if (plain.status !== 200) throw new Error(`${path} was answered by ${plain.status}.`);
  const html = plain.body.toString();
  const { perRequest, elapsed, answer } = await costs(origin, cookie, path);
  return [
    within(`${what}: server CPU per request (${MEASURED} requests)`, perRequest, limit, ms),
    told(`${what}: time to answer, mean`, ms(elapsed)),
    within(
      `${what}: compressed (${answer.encoding}; ${kilobytes(plain.body.length)} plain, ${html.split('<tr').length - 1} rows)`,
      answer.body.length,
      15 * 1024,
      kilobytes,
    ),
    within(`${what}: <script in the page`, html.split('<script').length - 1, 0, String),
  ];
}

await part(async (ownerUrl) => {
  const garden = await database().selectFrom('garden').select('id').where('slug', '=', PILOT).executeTakeFirstOrThrow();
  const season = await inGarden(systemActor(garden.id), (tx) => deliveries(tx, { since: Number(today().slice(0, 4)) }));
  const next = season.find((delivery) => delivery.date >= today() && !delivery.closed)!;
  const { origin, stop } = await serve(ownerUrl);
  try {
    const cookie = await signIn(origin);
    log('signed in');
    return [
      ...(await floor(origin, cookie)),
      ...(await page(origin, cookie, `/gestion/${PILOT}/clients?par=200`, 'List of 200 customers', 3)),
      ...(await page(origin, cookie, `/gestion/${PILOT}/livraisons/${next.id}`, 'A delivery', 5)),
      ...(await page(origin, cookie, `/gestion/${PILOT}/soldes`, 'Balances of 50 customers', 5)),
    ];
  } finally {
    await stop();
  }
});

import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';
import { loadDemo } from '../src/demo/load.ts';
import { today } from '../src/platform/clock.ts';
import { chromium } from '../tests/e2e/chromium.ts';
import type { Crowd } from './crowd.ts';
import { kilobytes, ms, type Result, told, within } from './measure.ts';
import { log, PILOT, part } from './part.ts';
import { ask, serve, signIn } from './server.ts';

/** Pages in front of people, as a telephone of the middle range sees them: marks of Lighthouse, and what goes over the wire before the first image. */

const MARKS = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
const VISITORS = 500;

type Shown = { name: string; path: string; cookie?: string };

/** A page's own bytes and those of its styles, scripts and fonts, compressed, images apart. */
async function firstLoad(origin: string, { path, cookie }: Shown): Promise<number> {
  const headers = { 'accept-encoding': 'gzip, br, zstd', accept: 'text/html', ...(cookie && { cookie }) };
  const page = await ask(origin + path, { headers: { ...headers, 'accept-encoding': 'identity' } });
  if (page.status !== 200) throw new Error(`${path} was answered by ${page.status}.`);
  const linked = [...page.body.toString().matchAll(/<(?:link|script)\b[^>]*?(?:href|src)="([^"]+)"[^>]*>/g)]
    .filter(([tag]) => /rel="(stylesheet|preload|modulepreload)"|<script/.test(tag))
    .map(([, address]) => new URL(address!, origin + path).href);
  const answers = await Promise.all([origin + path, ...new Set(linked)].map((address) => ask(address, { headers })));
  return answers.reduce((sum, { body }) => sum + body.length, 0);
}

/** One visit by Lighthouse, in a browser of its own. A trace that Chromium cut off says nothing of the page: Lighthouse asks to be run again. */
async function visit(address: string, cookie: string | undefined, tries = 3) {
  const chrome = await launch({
    chromePath: chromium,
    chromeFlags: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  });
  try {
    const run = await lighthouse(address, {
      port: chrome.port,
      onlyCategories: [...MARKS],
      logLevel: 'error',
      ...(cookie && { extraHeaders: { cookie } }),
      disableStorageReset: true,
    });
    if (run && !run.lhr.runtimeError) return run.lhr;
    if (tries === 1) throw new Error(`Lighthouse could not look at ${address}: ${run?.lhr.runtimeError?.message ?? 'no answer'}`);
  } finally {
    await chrome.kill();
  }
  return visit(address, cookie, tries - 1);
}

async function marks(origin: string, shown: Shown): Promise<Result[]> {
  // Opened once before: what is measured is a page of a garden that people visit, not the first of the day.
  const bytes = await firstLoad(origin, shown);
  const { categories, audits } = await visit(origin + shown.path, shown.cookie);
  const missed = Object.values(categories).flatMap(({ auditRefs }) =>
    auditRefs.filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 0.9).map(({ id }) => id),
  );
  if (missed.length) log(`${shown.name}: ${missed.join(', ')}`);
  const seen = MARKS.map((mark) => Math.round((categories[mark]?.score ?? 0) * 100));
  return [
    { what: `${shown.name}: ${MARKS.join(', ')}`, measured: seen.join(', '), limit: '≥ 95', holds: Math.min(...seen) >= 95 },
    within(`${shown.name}: first load, compressed, images apart`, bytes, 60 * 1024, kilobytes),
  ];
}

/** Everybody at once, in a process of its own: each visitor asks for the next page when the last one came. */
function crowd(origin: string, shown: Shown[]): Promise<Crowd> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('./crowd.ts', import.meta.url)));
    child.once('message', (message) => resolve(message as Crowd));
    child.once('error', reject);
    child.send({ origin, visitors: VISITORS, seconds: 30, pages: shown.map(({ path, cookie }) => ({ path, cookie })) });
  });
}

await part(async (ownerUrl) => {
  await loadDemo({ ownerUrl, today: today(), scale: 'demo', log });
  const { origin, stop } = await serve(ownerUrl);
  try {
    const cookie = await signIn(origin, 'jeanne@exemple.test');
    const account = (await ask(`${origin}/mon-compte`, { headers: { cookie, accept: 'text/html' } })).location;
    const garden = `/jardins/${PILOT}`;
    const shown: Shown[] = [
      { name: 'Network', path: '/' },
      { name: 'Gardens', path: '/jardins' },
      { name: 'Garden', path: garden },
      { name: 'Sign-up', path: `${garden}/inscription` },
      { name: 'Account', path: account, cookie },
      { name: 'Account, calendar', path: `${account}/paniers`, cookie },
    ];
    const seen: Result[] = [];
    for (const one of shown) seen.push(...(await marks(origin, one)));
    const { requests, errors, wrong, median, slowest } = await crowd(origin, shown);
    log(readFileSync('/proc/loadavg', 'utf8').trim());
    return [
      ...seen,
      within(`${VISITORS} visitors at once for 30 s: answers that were not pages, of ${requests}`, errors + wrong, 0, String),
      told(`${VISITORS} visitors at once: an answer, median and the slowest of a hundred`, `${ms(median)}, ${ms(slowest)}`),
    ];
  } finally {
    await stop();
  }
});

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

/** The arrows of docs/architecture.md: who may call whom. Each sentence is a test; a new file is held to them without being named. */

const root = resolve(import.meta.dirname);
const order = [
  ...['network', 'gardens', 'customers', 'messages', 'ledger', 'catalogue', 'produce', 'logistics', 'plans', 'subscriptions'],
  ...['composition', 'preparation', 'rounds', 'billing', 'payments', 'banking', 'receivables', 'accounting', 'online', 'site', 'signup'],
  ...['account', 'solidarity', 'giving', 'workshops', 'employees', 'desk', 'imports'],
];

type Import = { from: string; to: string; package: string | null };

const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
  (file) => /\.(ts|svelte)$/.test(file) && !file.endsWith('.d.ts'),
);

/** Every import of a file: `to` is a path below src, or `package` a name. Types count too: they tie modules together just as well. */
function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const named = text.matchAll(/(?:^|\n)\s*(?:import|export)\s[^;]*?from\s+'([^']+)'|(?:^|\n)\s*import\s+'([^']+)'|import\('([^']+)'\)/g);
  return [...named].map((match) => {
    const target = match[1] ?? match[2] ?? match[3] ?? '';
    if (target.startsWith('#')) return { from: file, to: target.slice(1), package: null };
    if (target.startsWith('.')) return { from: file, to: relative(root, join(root, dirname(file), target)), package: null };
    return { from: file, to: '', package: target };
  });
}

const imports = files.filter((file) => !/\.test\.ts$/.test(file)).flatMap(importsOf);
const say = (list: Import[]) => list.map(({ from, to, package: name }) => `${from} → ${name ?? to}`);
const inside = (path: string, ...folders: string[]) => folders.some((folder) => path.startsWith(`${folder}/`));
const domainOf = (path: string) => /^domains\/([^/]+)\//.exec(path)?.[1] ?? null;
const isRule = (path: string) => /^domains\/[^/]+\/rules\//.test(path);
/** What a domain's pages may share with the browser: words and shapes, no IO. */
const isPlain = (path: string) => isRule(path) || /^domains\/[^/]+\/(labels|schema|settings)(-[a-z]+)?\.ts$/.test(path);

test('the tests see the house', () => {
  expect(files.length).toBeGreaterThan(100);
  expect(imports.length).toBeGreaterThan(300);
  expect(importsOf('platform/db/tenancy.ts').map((found) => found.package ?? found.to)).toContain('platform/access/actor.ts');
});

describe('arrows', () => {
  test('the kernel imports the kernel alone', () => {
    const wrong = imports.filter(
      ({ from, to, package: name }) => inside(from, 'kernel') && (name ? name !== 'temporal-polyfill' : !inside(to, 'kernel')),
    );
    expect(say(wrong)).toEqual([]);
  });

  test('rules import rules and the kernel, and do no IO', () => {
    const pure = ['zod', 'ibantools', 'temporal-polyfill', 'node:util', 'date-holidays', 'liquidjs', 'marked'];
    // The shape of a table of text, which readers of files share with the rules that understand it.
    const shapes = ['platform/files/table.ts'];
    const wrong = imports.filter(
      ({ from, to, package: name }) =>
        isRule(from) && (name ? !pure.includes(name) : !inside(to, 'kernel') && !isPlain(to) && !shapes.includes(to)),
    );
    expect(say(wrong)).toEqual([]);
  });

  test('domains do not know SvelteKit, routes, or the edge', () => {
    const wrong = imports.filter(
      ({ from, to, package: name }) =>
        domainOf(from) && (name?.startsWith('$app') || name?.startsWith('@sveltejs') || inside(to, 'routes', 'edge')),
    );
    expect(say(wrong)).toEqual([]);
  });

  test('a domain calls those before it, never those after', () => {
    const wrong = imports.filter(({ from, to }) => {
      const [caller, called] = [domainOf(from), domainOf(to)];
      return caller && called && order.indexOf(called) > order.indexOf(caller);
    });
    expect(say(wrong)).toEqual([]);
    expect([...new Set(files.map(domainOf).filter((name) => name !== null))].filter((name) => !order.includes(name))).toEqual([]);
  });

  test('a domain is entered through its door', () => {
    const wrong = imports.filter(({ from, to }) => {
      const called = domainOf(to);
      return called && called !== domainOf(from) && !to.endsWith('/index.server.ts') && !isPlain(to) && !/\/ui\//.test(to);
    });
    expect(say(wrong)).toEqual([]);
  });

  test('the platform knows no domain', () => {
    const wrong = imports.filter(({ from, to }) => inside(from, 'platform') && inside(to, 'domains', 'routes', 'edge', 'ui'));
    expect(say(wrong)).toEqual([]);
  });

  test('routes and the look never touch the database', () => {
    const wrong = imports.filter(
      ({ from, to, package: name }) => inside(from, 'routes', 'ui') && (inside(to, 'platform/db') || ['kysely', 'pg'].includes(name ?? '')),
    );
    expect(say(wrong)).toEqual([]);
  });

  test('code that the command line runs does not need SvelteKit', () => {
    const wrong = imports.filter(
      ({ from, package: name }) =>
        inside(from, 'cli', 'platform', 'demo', 'kernel') && (name?.startsWith('$app') || name?.startsWith('@sveltejs')),
    );
    expect(say(wrong)).toEqual([]);
  });
});

describe('habits', () => {
  test('the clock is read at the edge alone', () => {
    const wrong = files.filter(
      (file) =>
        !/\.test\.ts$/.test(file) &&
        (isRule(file) || inside(file, 'kernel')) &&
        /new Date\(\)|Date\.now\(\)|Temporal\.Now/.test(readFileSync(join(root, file), 'utf8')),
    );
    expect(wrong).toEqual([]);
  });

  test('files stay short', () => {
    const long = files.filter((file) => readFileSync(join(root, file), 'utf8').split('\n').length > 300);
    expect(long).toEqual([]);
  });

  test('no folder is called utils or helpers', () => {
    expect(files.filter((file) => /(^|\/)(utils|helpers|misc|common)(\/|\.ts$)/.test(file))).toEqual([]);
  });
});

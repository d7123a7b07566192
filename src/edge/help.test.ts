import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readPage } from '../routes/aide/handbook.ts';
import { helpOf, helpPages } from './help.ts';

const root = resolve(import.meta.dirname, '../..');
const routes = join(root, 'src/routes');
const handbook = new Map(
  readdirSync(join(root, 'docs/handbook')).map((file) => {
    const page = readPage(file, readFileSync(join(root, 'docs/handbook', file), 'utf8'));
    return [page.slug, page] as const;
  }),
);
/** « /gestion/[jardin]/clients » for each screen that people open. */
const screens = ['gestion', 'mon-compte', 'reseau'].flatMap((folder) =>
  readdirSync(join(routes, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('+page.svelte'))
    .map((file) => `/${join(folder, file).replace(/\/\+page\.svelte$/, '')}`),
);

test('every screen has its page of help, and not that of the whole garden by default', () => {
  expect(screens.length).toBeGreaterThan(150);
  expect(screens.filter((screen) => helpOf(screen) === '/aide')).toEqual([]);
  const general = helpOf('/gestion/[jardin]');
  expect(screens.filter((screen) => screen !== '/gestion/[jardin]' && helpOf(screen) === general)).toEqual([]);
});

test('every page named is in the handbook, and every heading in its page', () => {
  const missing = helpPages.flatMap(([route, target]) => {
    const [slug, heading] = target.split('#');
    const page = handbook.get(slug!);
    return page && (!heading || page.html.includes(`id="${heading}"`)) ? [] : [`${route} → ${target}`];
  });
  expect(missing).toEqual([]);
});

test('every route named is still there', () => {
  expect(helpPages.map(([route]) => route).filter((route) => !existsSync(join(routes, route)))).toEqual([]);
});

test('the longest beginning is the one; what nobody named leads to the contents', () => {
  expect(helpOf('/gestion/[jardin]/soldes/rejets')).toBe('/aide/soldes-rappels#rejets');
  expect(helpOf('/gestion/[jardin]/soldes/ailleurs')).toBe('/aide/soldes-rappels');
  expect(helpOf('/styles')).toBe('/aide');
  expect(helpOf(null)).toBe('/aide');
});

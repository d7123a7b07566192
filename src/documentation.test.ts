import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readPage } from './routes/aide/handbook.ts';

/** What the documents promise: their links lead somewhere, and no variable or command is left out. */

const root = resolve(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const below = (folder: string, ending: RegExp) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => ending.test(file))
    .map((file) => join(folder, file));

const documents = ['README.md', ...below('docs', /\.md$/), ...below('src', /README\.md$/)];
const operating = 'docs/handbook/09-exploitation.md';

describe('links', () => {
  test.each(documents)('%s leads to files that are there', (document) => {
    const links = [...read(document).matchAll(/\]\(([^)\s#]*)(#[^)]*)?\)/g)].filter(([, path]) => !/^(https?|mailto):/.test(path ?? ''));
    const missing = links.filter(([, path]) => path && !existsSync(join(root, dirname(document), path)));
    expect(missing.map(([, path]) => path)).toEqual([]);
  });

  test('those within the handbook lead to headings that are there', () => {
    const pages = new Map(below('docs/handbook', /\.md$/).map((path) => [path.split('/').at(-1)!, readPage(path, read(path)).html]));
    const broken = [...pages.keys()].flatMap((page) =>
      [...read(`docs/handbook/${page}`).matchAll(/\]\(([^)\s#]*\.md)#([^)]+)\)/g)].flatMap(([, target, heading]) =>
        pages.get(target!)?.includes(`id="${heading}"`) ? [] : [`${page} → ${target}#${heading}`],
      ),
    );
    expect(broken).toEqual([]);
  });
});

test('the map of the architecture names every folder of routes, domains and the platform', () => {
  const map = read('docs/architecture.md');
  const folders = ['src/routes', 'src/domains', 'src/platform'].flatMap((place) =>
    readdirSync(join(root, place), { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])),
  );
  expect(folders.filter((name) => !new RegExp(`[ │]${name.replace(/[()]/g, '\\$&')}/`).test(map))).toEqual([]);
});

test('every variable that the code reads is explained', () => {
  const code = [...below('src', /\.(ts|svelte)$/), ...below('scripts', /\.ts$/)].filter((file) => !/\.test\.ts$/.test(file));
  const names = new Set(code.flatMap((file) => [...read(file).matchAll(/process\.env\.([A-Z_]+)\b/g)].map((match) => match[1]!)));
  for (const system of ['PATH', 'TEMP', 'NODE_ENV']) names.delete(system);
  expect(names.size).toBeGreaterThan(15);
  for (const document of ['README.md', operating]) {
    const text = read(document);
    expect([...names].filter((name) => !text.includes(`\`${name}\``)).map((name) => `${name} is not in ${document}`)).toEqual([]);
  }
});

test('every command of the command line is explained', () => {
  const commands = readdirSync(join(root, 'src/cli')).flatMap((file) =>
    /export default \{/.test(read(`src/cli/${file}`)) ? [file.replace('.ts', '')] : [],
  );
  expect(commands).toContain('backup');
  expect(commands.filter((name) => !read(operating).includes(`\n| \`${name}`))).toEqual([]);
});

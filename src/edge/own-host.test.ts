import { readdirSync } from 'node:fs';
import { afterEach, expect, test, vi } from 'vitest';
import { gardenPaths, linkUnder, publicAddress, siteBase } from '#domains/site/rules/address.ts';
import { forgetHosts, gardenPath, knowHosts } from './own-host.ts';

const read = vi.fn(async () => new Map([['jardin.test', 'vallon']]));
knowHosts({ read, platform: () => 'https://paniers.test' });
afterEach(() => {
  forgetHosts();
  read.mockClear();
});

test('every page of a garden is known, and nothing else', () => {
  const folder = new URL('../routes/(public)/jardins/[site]/', import.meta.url);
  const pages = readdirSync(folder, { withFileTypes: true })
    .filter((one) => one.isDirectory())
    .map(({ name }) => name);
  expect([...gardenPaths].sort()).toEqual(['', ...pages].sort());
});

test('an own host shows the garden at its root, with or without www', async () => {
  expect(await gardenPath(new URL('https://jardin.test/'))).toBe('/jardins/vallon');
  expect(await gardenPath(new URL('https://www.Jardin.test/recettes/12?x=1'))).toBe('/jardins/vallon/recettes/12');
  expect(await gardenPath(new URL('http://jardin.test:3000/photos/1-480.webp'))).toBe('/jardins/vallon/photos/1-480.webp');
});

test('what is the platform’s stays the platform’s', async () => {
  for (const path of ['/connexion', '/gestion/vallon', '/mon-compte', '/jardins/vallon', '/_app/x.css', '/api/auth/x', '/recettesx'])
    expect(await gardenPath(new URL(`https://jardin.test${path}`))).toBeUndefined();
  expect(read).not.toHaveBeenCalled();
});

test('other names are read as they stand; the platform’s own asks nothing', async () => {
  expect(await gardenPath(new URL('https://paniers.test/paniers'))).toBeUndefined();
  expect(read).not.toHaveBeenCalled();
  expect(await gardenPath(new URL('https://ailleurs.test/paniers'))).toBeUndefined();
  expect(await gardenPath(new URL('https://ailleurs.test/'))).toBeUndefined();
  expect(read).toHaveBeenCalledTimes(1);
});

test('links follow the address that was asked for; the one full address follows the garden’s host', () => {
  expect([siteBase('vallon', '/jardins/vallon/paniers'), siteBase('vallon', '/jardins/vallon'), siteBase('vallon', '/paniers')]).toEqual([
    '/jardins/vallon',
    '/jardins/vallon',
    '',
  ]);
  expect(siteBase('val', '/jardins/vallon')).toBe('');
  const links = ['/paniers', '/paniers#panier-2', '/recettes/12', '/', '/mon-compte', 'https://x.test/paniers', '//x.test'];
  expect(links.map((href) => linkUnder('/jardins/vallon', href))).toEqual([
    ...['/jardins/vallon/paniers', '/jardins/vallon/paniers#panier-2', '/jardins/vallon/recettes/12', '/jardins/vallon/'],
    ...['/mon-compte', 'https://x.test/paniers', '//x.test'],
  ]);
  expect(publicAddress({ slug: 'vallon', host: null }, '/paniers', 'https://paniers.test')).toBe(
    'https://paniers.test/jardins/vallon/paniers',
  );
  expect(publicAddress({ slug: 'vallon', host: 'jardin.test' }, '', 'https://paniers.test')).toBe('https://jardin.test/');
});

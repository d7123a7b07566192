import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { greatCircle } from '../distance/estimate.ts';
import { ban } from './ban.ts';
import { communes, findCommune, findCommunes, findPlaces, likeliestFirst, nearestPlaces, sayCommune } from './index.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A geocoding service on this machine. @returns its address, and what it was asked. */
async function serve(answer: () => { status?: number; body?: unknown; text?: string } | null) {
  const asked: string[] = [];
  server = createServer((request, response) => {
    asked.push(request.url!);
    const said = answer();
    if (said) response.writeHead(said.status ?? 200, { 'content-type': 'application/json' }).end(said.text ?? JSON.stringify(said.body));
  });
  await new Promise<void>((ready) => server!.listen(0, '127.0.0.1', ready));
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

const house = {
  type: 'FeatureCollection',
  features: [
    {
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [6.1757, 49.1193] },
      properties: { label: '8 Rue des Clercs 57000 Metz', score: 0.97, type: 'housenumber', postcode: '57000', city: 'Metz' },
    },
    {
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [2.35, 48.85] },
      properties: { label: 'Rue des Clercs 75000 Ailleurs', score: 0.2, type: 'street' },
    },
  ],
};

test('the list holds the communes of France, where they are', () => {
  expect(communes().length).toBeGreaterThan(34_800);
  expect(communes().every(({ latitude, longitude }) => Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)).toBe(true);
  // Metz: 49°07′ N, 6°10′ E.
  const metz = findCommune('Metz')!;
  expect(greatCircle(metz, { latitude: 49.1194, longitude: 6.1757 })).toBeLessThan(1500);
  expect(metz.postcodes).toContain('57000');
});

test.each([
  ['57000', 'Metz'],
  ['57000 metz', 'Metz'],
  ['METZ', 'Metz'],
  ['metz 57', 'Metz'],
  ['57014 METZ CEDEX 1', 'Metz'],
  ['epinal', 'Épinal'],
  ['st denis 93', 'Saint-Denis'],
  ['Saint-Denis 974', 'Saint-Denis'],
  ['l’haÿ les roses', "L'Haÿ-les-Roses"],
  ['75011', 'Paris'],
  ['2A ajaccio', 'Ajaccio'],
  ['ban saint martin', 'Le Ban-Saint-Martin'],
  ['97400', 'Saint-Denis'],
])('« %s » is %s', (typed, name) => {
  expect(findCommune(typed)?.name).toBe(name);
});

test('a name that several bear: the largest first, told apart by its postcode', () => {
  const found = findCommunes('charmes', 10).map(sayCommune);
  expect(found[0]).toBe('Charmes (88130)');
  expect(new Set(found).size).toBe(found.length);
  expect(sayCommune(findCommune('Paris')!)).toBe('Paris (75)');
});

test('nothing is found of nothing', async () => {
  for (const typed of ['', ' ', '7', 'x', '00000', 'qsdfghjklm', '%', '99999'])
    expect.soft(await findPlaces(typed, 5, null), typed).toEqual([]);
});

test('whatever is typed, what is found is a place of the list', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 30 }), (typed) => findCommunes(typed, 3).length <= 3),
    { numRuns: 60 },
  );
});

test('a town is never asked of anybody; an address is', async () => {
  const { address, asked } = await serve(() => ({ body: house }));
  expect((await findPlaces('57000 Metz', 5, ban(address)))[0]).toMatchObject({ label: 'Metz (57)', kind: 'commune' });
  expect((await findPlaces('metz', 5, ban(address)))[0]).toMatchObject({ kind: 'commune' });
  expect(asked).toEqual([]);
  // What it is not sure of is left out.
  expect(await findPlaces('8 rue des Clercs, Metz', 5, ban(address))).toEqual([
    { latitude: 49.1193, longitude: 6.1757, label: '8 Rue des Clercs 57000 Metz', kind: 'address', approximate: false },
  ]);
  expect(asked).toEqual(['/search?q=8+rue+des+Clercs%2C+Metz&limit=5&autocomplete=0']);
});

test.each([
  [{ status: 503, body: {} }, 'il répond 503'],
  [{ text: '<html>' }, 'sa réponse est illisible'],
  [{ body: { features: [{ geometry: { coordinates: [600, 4] }, properties: { label: 'x' } }] } }, 'sa réponse est illisible'],
])('a service that fails (%#): the postcode is near enough', async (said, reason) => {
  const { address } = await serve(() => said);
  expect(await ban(address).search('x', 1)).toEqual({ ok: false, reason });
  expect((await findPlaces('8 rue des Clercs 57000 Metz', 5, ban(address)))[0]?.label).toBe('Metz (57)');
});

test('nobody at that address, or nobody who answers', async () => {
  expect(await ban('http://127.0.0.1:9').search('metz', 1)).toEqual({ ok: false, reason: 'il ne répond pas' });
  const { address } = await serve(() => null);
  expect(await ban(address, 50).search('metz', 1)).toEqual({ ok: false, reason: 'il ne répond pas assez vite' });
});

test('the nearest first; what has no coordinates is left out', () => {
  const places = [
    { name: 'Thionville', latitude: 49.36, longitude: 6.16 },
    { name: 'nowhere', latitude: null, longitude: null },
    { name: 'Metz', latitude: 49.12, longitude: 6.17 },
  ];
  const found = nearestPlaces({ latitude: 49.1, longitude: 6.17 }, places);
  expect(found.map(({ name }) => name)).toEqual(['Metz', 'Thionville']);
  expect(found[0]!.metres).toBeCloseTo(2224, -2);
  expect(nearestPlaces({ latitude: 49.1, longitude: 6.17 }, places, 1)).toHaveLength(1);
});

test('of towns of one name, the one that is near', async () => {
  const drome = [{ latitude: 44.9, longitude: 4.9 }];
  const found = await findPlaces('Charmes', 8, null);
  expect(found[0]!.label).toBe('Charmes (88130)');
  const sorted = likeliestFirst(found, [{ latitude: 47.25, longitude: 5.42 }]);
  expect(sorted[0]!.label).toBe('Charmes (21310)');
  expect(new Set(sorted)).toEqual(new Set(found));
  // A name that is not the one asked for is not taken for it, however near.
  expect(likeliestFirst(await findPlaces('Metz', 8, null), drome)[0]!.label).toBe('Metz (57)');
  expect(likeliestFirst([], drome)).toEqual([]);
});

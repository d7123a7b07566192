import zlib from 'node:zlib';
import { expect, test } from 'vitest';
import { compress } from './compress.ts';
import { PageText } from './page-text.ts';

const page = 'Des légumes, chaque semaine. '.repeat(200);
const answer = (body: string, type = 'text/html; charset=utf-8') => new Response(body, { headers: { 'content-type': type, etag: '"a"' } });
const asking = (accepted: string) => new Request('http://localhost/', { headers: { 'accept-encoding': accepted } });
const undo = { zstd: zlib.zstdDecompressSync, gzip: zlib.gunzipSync };

test.each([
  ['gzip, deflate, br, zstd', 'zstd'],
  ['gzip, deflate, br', 'gzip'],
  ['zstd;q=0, gzip;q=0.5', 'gzip'],
] as const)('%s → %s, and the text comes back whole', async (accepted, name) => {
  const packed = await compress(asking(accepted), answer(page));
  expect(packed.headers.get('content-encoding')).toBe(name);
  expect(packed.headers.get('vary')).toBe('accept-encoding');
  expect(packed.headers.get('etag')).toBe('W/"a"');
  const body = Buffer.from(await packed.arrayBuffer());
  expect(packed.headers.get('content-length')).toBe(String(body.length));
  expect(undo[name](body).toString()).toBe(page);
});

test('a large text comes back whole too', async () => {
  const large = page.repeat(100);
  const packed = await compress(asking('zstd'), answer(large, 'text/csv'));
  expect(zlib.zstdDecompressSync(Buffer.from(await packed.arrayBuffer())).toString()).toBe(large);
});

test.each([
  ['identity', page, 'text/html'],
  ['gzip', 'court', 'text/html'],
  ['gzip', page, 'application/pdf'],
  ['gzip;q=0', page, 'text/html'],
])('asked for %s, what needs none is left as it is', async (accepted, body, type) => {
  const left = await compress(asking(accepted), answer(body, type));
  expect(left.headers.get('content-encoding')).toBeNull();
  expect(await left.text()).toBe(body);
});

test('a page at hand takes the place of the empty answer, compressed or not', async () => {
  const text = new PageText();
  expect(text.transformPageChunk({ html: page })).toBe('');
  const empty = () =>
    new Response('', { status: 422, headers: { 'content-type': 'text/html', etag: '"digest of nothing"', 'content-length': '0' } });
  for (const [accepted, read] of [
    ['zstd', zlib.zstdDecompressSync],
    ['identity', (body: Buffer) => body],
  ] as const) {
    const response = empty();
    const packed = await compress(asking(accepted), response, text.of(response));
    const body = Buffer.from(await packed.arrayBuffer());
    expect(read(body).toString()).toBe(page);
    expect([packed.status, packed.headers.get('etag'), packed.headers.get('content-length')]).toEqual([422, null, String(body.length)]);
  }
});

test('an answer that is no page is left with its digest', () => {
  const response = answer(page);
  expect(new PageText().of(response)).toBeNull();
  expect(response.headers.get('etag')).toBe('"a"');
});

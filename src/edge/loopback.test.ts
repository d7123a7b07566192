import type { IncomingHttpHeaders } from 'node:http';
import type { RequestEvent } from '@sveltejs/kit';
import { expect, test } from 'vitest';
import { distrust } from '#platform/application/distrust.ts';
import { fromThisMachine } from './loopback.ts';

const from = (given: IncomingHttpHeaders, address = '127.0.0.1', url = 'http://127.0.0.1:3000/installation') => {
  const headers = { ...given };
  distrust(headers);
  return fromThisMachine({
    url: new URL(url),
    request: new Request(url, { headers: headers as Record<string, string> }),
    getClientAddress: () => address,
  } as RequestEvent);
};

test('who sits at the machine', () => {
  expect(from({})).toBe(true);
  expect(from({}, '::ffff:127.0.0.1', 'http://localhost:3000/')).toBe(true);
  expect(from({}, '192.168.1.20')).toBe(false);
  expect(from({}, '127.0.0.1', 'https://cocagne.example/')).toBe(false);
});

test.each(['x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'forwarded', 'via'])(
  'not who comes through a proxy that was not declared: %s',
  (mark) => {
    expect(from({ [mark]: '203.0.113.7' })).toBe(false);
  },
);

test('nobody says for the proxy under which address or protocol she came', () => {
  const headers: IncomingHttpHeaders = { 'x-forwarded-for': '203.0.113.7', 'x-forwarded-proto': 'https' };
  distrust(headers);
  expect(headers).toEqual({ 'x-forwarded-proto': 'http', via: 'unknown' });
});

import type { RequestEvent } from '@sveltejs/kit';
import { expect, test } from 'vitest';
import { forgetOthers, isWaiting } from './device.ts';

/** A request of a device, with its cookies; who is there; what is answered. */
function visit({ cookies = {} as Record<string, string>, person = '', route = '/gestion', method = 'GET', status = 200 }) {
  const jar = {
    get: (name: string) => cookies[name],
    serialize: (name: string, value: string, options: { maxAge: number }) => `${name}=${value}; Max-Age=${options.maxAge}`,
  };
  const event = { cookies: jar, locals: { person: person ? { id: person } : null }, request: { method }, route: { id: route } };
  const response = new Response(null, { status });
  forgetOthers(event as unknown as RequestEvent, response);
  return { cleared: response.headers.get('clear-site-data'), cookies: response.headers.getSetCookie() };
}

const kept = { 'cocagne.tournee': 'bruno', 'cocagne.attente': '2' };
const leaving = { route: '/(public)/deconnexion', method: 'POST', status: 303 };

test('what a device keeps goes when its person signs out, and when somebody else is at work', () => {
  const gone = { cleared: '"storage"', cookies: ['cocagne.tournee=; Max-Age=0', 'cocagne.attente=; Max-Age=0'] };
  expect(visit({ cookies: kept, person: 'bruno', ...leaving })).toEqual(gone);
  expect(visit({ cookies: kept, person: 'nadia' })).toEqual(gone);
});

test('it stays while the same person is there, while nobody is, and when she is asked before leaving', () => {
  const stays = { cleared: null, cookies: [] };
  expect(visit({ cookies: kept, person: 'bruno' })).toEqual(stays);
  expect(visit({ cookies: kept })).toEqual(stays);
  expect(visit({ cookies: kept, person: 'bruno', ...leaving, status: 409 })).toEqual(stays);
  expect(visit({ person: 'nadia', ...leaving })).toEqual(stays);
});

test('what waits is counted by the page', () => {
  const waiting = (value?: string) => isWaiting({ get: () => value } as never);
  expect([waiting('2'), waiting('0'), waiting('x'), waiting()]).toEqual([true, false, false, false]);
});

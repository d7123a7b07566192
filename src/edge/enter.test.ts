import type { RequestEvent } from '@sveltejs/kit';
import { expect, test } from 'vitest';
import { actorOf } from '#platform/access/actor.ts';
import { enter, enterNetwork, safeReturn } from './enter.ts';

const person = { id: 'p', name: 'Ada', email: 'ada@exemple.fr' };
const garden = { id: 1, slug: 'ici', name: 'Ici', accent: null, settings: {}, takenOverOn: null };
const event = (locals: Partial<App.Locals>, method = 'GET') =>
  ({
    url: new URL('http://localhost/gestion/ici/clients?q=a&page=2'),
    request: new Request('http://localhost/', { method }),
    locals: { person: null, gardens: [], networkStaff: false, ...locals },
  }) as unknown as RequestEvent;
const thrown = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return error as { status: number; location?: string };
  }
  throw new Error('nothing was thrown');
};

test('signed out: to the sign-in page, and back to what was asked; a form is not sent again', () => {
  expect(thrown(() => enter(event({}), 'customers:read'))).toMatchObject({
    status: 303,
    location: '/connexion?suite=%2Fgestion%2Fici%2Fclients%3Fq%3Da%26page%3D2',
  });
  expect(thrown(() => enter(event({}, 'POST'), 'customers:read'))).toMatchObject({
    location: '/connexion?suite=%2Fgestion%2Fici%2Fclients',
  });
});

test('elsewhere than one’s garden: 404; without the right: 403; to change implies to read, not the reverse', () => {
  expect(thrown(() => enter(event({ person })))).toMatchObject({ status: 404 });
  const reader = { person, garden, actor: actorOf(1, 'p', ['customers:read', 'logistics:change']) };
  expect(thrown(() => enter(event(reader), 'customers:change'))).toMatchObject({ status: 403 });
  expect(enter(event(reader), 'customers:read').actor.gardenId).toBe(1);
  expect(enter(event(reader), 'logistics:read').garden.slug).toBe('ici');
});

test('the network’s pages are for its own people', () => {
  expect(thrown(() => enterNetwork(event({ person })))).toMatchObject({ status: 403 });
  expect(enterNetwork(event({ person, networkStaff: true }))).toBe(person);
});

test.each([
  ['/gestion/ici?a=b', '/gestion/ici?a=b'],
  ['//ailleurs.example', '/gestion'],
  ['/\\ailleurs.example', '/gestion'],
  ['https://ailleurs.example', '/gestion'],
  ['/a\r\nb', '/gestion'],
  // Browsers take tabs away before they read an address: this one would lead elsewhere.
  ['/\t/ailleurs.example', '/gestion'],
  ['/\t\\ailleurs.example', '/gestion'],
  ['', '/gestion'],
  [null, '/gestion'],
])('%s → %s', (wanted, path) => {
  expect(safeReturn(wanted)).toBe(path);
});

import { expect, test } from 'vitest';
import { tooLarge } from './size.ts';

const asked = (id: string, headers: Record<string, string>) =>
  tooLarge({ request: { headers: new Headers(headers) } as Request, route: { id } });

test('a form is as long as forms are; files come by their own page', () => {
  expect(asked('/(public)/connexion', { 'content-length': '120' })).toBe(false);
  expect(asked('/(public)/connexion', {})).toBe(false);
  expect(asked('/(public)/connexion', { 'content-length': '50000000' })).toBe(true);
  expect(asked('/(public)/connexion', { 'transfer-encoding': 'chunked' })).toBe(true);
  expect(asked('/gestion/[jardin]/clients/[id]/modifier', { 'content-length': 'beaucoup' })).toBe(true);
  expect(asked('/gestion/[jardin]/depots/[id]/photo', { 'content-length': '6000000' })).toBe(false);
  expect(asked('/gestion/[jardin]/depots/[id]/photo', { 'content-length': '50000000' })).toBe(true);
  expect(asked('/gestion/[jardin]/imports/nouveau', { 'content-length': '50000000' })).toBe(false);
});

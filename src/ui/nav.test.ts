import { describe, expect, it } from 'vitest';
import { currentItem, initials } from './nav.ts';

const items = [{ href: '/gestion/a', exact: true }, { href: '/gestion/a/clients' }, { href: '/gestion/a/clients/archives' }];
const at = (path: string) => currentItem(items, path)?.href;

describe('the current item', () => {
  it('is the one a page says to belong to, when none stands above it', () => {
    const list = [...items, { href: '/gestion/a/produits', also: ['/gestion/a/fournisseurs'] }];
    expect(currentItem(list, '/gestion/a/fournisseurs/3')?.href).toBe('/gestion/a/produits');
    expect(currentItem(list, '/gestion/a/fournisseursdivers')).toBeUndefined();
  });

  it('is the nearest above the page', () => {
    expect(at('/gestion/a')).toBe('/gestion/a');
    expect(at('/gestion/a/')).toBe('/gestion/a');
    expect(at('/gestion/a/clients/1001')).toBe('/gestion/a/clients');
    expect(at('/gestion/a/clients/archives/2')).toBe('/gestion/a/clients/archives');
  });
  it('is none elsewhere: half a word is not an address', () => {
    expect(at('/gestion/a/clientsx')).toBeUndefined();
    expect(at('/gestion/a/livraisons')).toBeUndefined();
  });
});

it.each([
  ['Claire Martin', 'CM'],
  ['jean-marc  élan', 'JM'],
  ['Zoé', 'Z'],
  ['', ''],
])('initials of « %s »', (name, letters) => expect(initials(name)).toBe(letters));

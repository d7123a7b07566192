import { expect, test } from 'vitest';
import { dial, wayTo } from './way.ts';

const place = { address: '3 rue du Four', postcode: '57000', city: 'Metz', latitude: null, longitude: null };

test('by coordinates when they are known, else by the address, else not at all', () => {
  expect(wayTo({ ...place, latitude: 49.12, longitude: 6.17 })).toEqual({
    gps: 'geo:49.12,6.17?q=49.12,6.17',
    map: 'https://www.openstreetmap.org/directions?to=49.12%2C6.17',
  });
  expect(wayTo(place)?.gps).toBe('geo:0,0?q=3%20rue%20du%20Four%2C%2057000%20Metz');
  expect(wayTo({ ...place, address: '', postcode: '', city: '' })).toBeNull();
});

test('a number is dialled as it is written', () => {
  expect(dial('03 87 00 11 22')).toBe('tel:0387001122');
  expect(dial('+33 (0)3.87.00.11.22')).toBe('tel:+33387001122');
  expect(dial('03 87 00 11 22 / 06 12 34 56 78')).toBe('tel:0387001122');
  expect(dial('à demander')).toBeNull();
  expect(dial('')).toBeNull();
});

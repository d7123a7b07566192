import { expect, test } from 'vitest';
import { whyKept } from './self-erasure.ts';
import { readMe } from './self-export.ts';

const free = { subscribedUntil: null, balance: 0, coming: 0 };

test('what ties a customer to the garden is told; once it is over, nothing keeps her', () => {
  expect(whyKept(free, '2026-11-22')).toEqual([]);
  expect(whyKept({ ...free, subscribedUntil: '2026-11-21' }, '2026-11-22')).toEqual([]);
  expect(whyKept({ ...free, subscribedUntil: '2026-11-22' }, '2026-11-22')).toHaveLength(1);
  expect(whyKept({ ...free, balance: 1250 }, '2026-11-22')[0]).toContain('12,50');
  expect(whyKept({ ...free, balance: -1250 }, '2026-11-22')[0]).toContain('rendre');
  expect(whyKept({ subscribedUntil: '2027-01-01', balance: 1, coming: 2 }, '2026-11-22')).toHaveLength(3);
});

test('the page that goes with the tables names those there are, and says what there is none of', () => {
  const text = readMe('Jardin d’essai', [
    { title: 'Ma fiche', rows: [{ Nom: 'Bonnet' }] },
    { title: 'Mes paniers', rows: [{ Jour: '2026-11-01' }, { Jour: '2026-11-08' }] },
    { title: 'Mes mandats', rows: [] },
  ]);
  expect(text).toContain('Ma fiche.csv : 1 ligne\r\n');
  expect(text).toContain('Mes paniers.csv : 2 lignes');
  expect(text).toContain('Rien à ce jour : mes mandats.');
});

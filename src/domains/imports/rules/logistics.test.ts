import { describe, expect, test } from 'vitest';
import { readCalendar, readDepots, readProducts, readTours } from './logistics.ts';
import type { Read } from './model.ts';
import { sample } from './sample.ts';

const only = <T>({ lines, rejected }: Read<T>): T => {
  expect(rejected).toEqual([]);
  return lines[0]!.value;
};
const reason = (read: Read<unknown>): string => {
  expect(read.lines).toEqual([]);
  return read.rejected[0]!.reason;
};

describe('tours', () => {
  const read = (row: Record<string, string>) =>
    readTours(
      ...sample('tours', { code: 'ME1', name: 'Mercredi', preparationWeekday: 'mardi', deliveryWeekday: 'Mer.', color: '#2E7D32', ...row }),
    );

  test('a whole line', () =>
    expect(only(read({}))).toEqual({ code: 'ME1', name: 'Mercredi', preparationWeekday: 2, deliveryWeekday: 3, color: '#2e7d32' }));
  test('prepared on the day unless said otherwise', () =>
    expect(only(read({ preparationWeekday: '', color: '' }))).toMatchObject({ preparationWeekday: 3, color: null }));
  test.each([
    [{ code: '' }, 'Code : valeur manquante.'],
    [{ deliveryWeekday: 'férié' }, 'Jour de livraison « férié » : jour de la semaine attendu, par exemple mercredi.'],
    [{ color: 'fluo' }, 'Couleur « fluo » : couleur attendue sous la forme #2e7d32.'],
  ])('%j', (row, expected) => expect(reason(read(row))).toBe(expected));
  test('a code met twice', () => {
    const row = { code: 'ME1', name: 'A', deliveryWeekday: 'lundi' };
    expect(readTours(...sample('tours', row, { ...row, code: 'me1 ' })).rejected).toEqual([
      { line: 3, reason: 'La tournée « me1 » est déjà à la ligne 2, avec d’autres valeurs.' },
    ]);
  });
});

describe('depots', () => {
  const depot = {
    number: '03',
    name: 'Café',
    address: '1 rue X',
    postcode: '88130',
    city: 'Charmes',
    phone: '0329223916',
    contact: 'Léa',
    tourCode: 'ME1',
    stopOrder: '2',
    arrival: '8h20',
    pickup: '09h-12h / 14h-18h30',
    capacity: '40',
    category: 'réservé',
    mention: 'aux salariés',
    password: 'FIL2025',
    fee: '0.5',
    latitude: '48,37932',
    longitude: '6.31219',
  };
  const read = (row: Record<string, string>) => readDepots(...sample('depots', { ...depot, ...row }));

  test('a whole line', () =>
    expect(only(read({}))).toEqual({
      number: '03',
      name: 'Café',
      address: '1 rue X',
      postcode: '88130',
      city: 'Charmes',
      phone: '03 29 22 39 16',
      contact: 'Léa',
      tourCode: 'ME1',
      stopOrder: 2,
      arrival: '08:20',
      pickup: '09h-12h / 14h-18h30',
      capacity: 40,
      category: 'reserved',
      mention: 'aux salariés',
      password: 'FIL2025',
      feeCents: 50,
      latitude: 48.37932,
      longitude: 6.31219,
    }));
  test('what may be left out', () =>
    expect(only(read({ stopOrder: '', arrival: '', capacity: '', category: '', fee: '', latitude: '', longitude: '' }))).toMatchObject({
      stopOrder: null,
      arrival: null,
      capacity: null,
      category: 'open',
      feeCents: 0,
      latitude: null,
      longitude: null,
    }));
  test.each([
    [{ tourCode: '' }, 'Tournée : valeur manquante.'],
    [{ arrival: 'matin' }, 'Heure de livraison « matin » : heure attendue, par exemple 08h20.'],
    [{ capacity: '-1' }, 'Capacité « -1 » : nombre entier de paniers attendu.'],
    [{ category: 'secret' }, 'Catégorie « secret » : ouvert, réservé ou professionnel attendu.'],
    [{ fee: '-1' }, 'Frais « -1 » : le montant ne peut pas être négatif.'],
    [{ latitude: '98' }, 'Latitude « 98 » : degrés entre -90 et 90 attendus.'],
    [{ longitude: 'est' }, 'Longitude « est » : degrés entre -180 et 180 attendus.'],
    [{ stopOrder: 'premier' }, 'Ordre « premier » : nombre entier attendu.'],
  ])('%j', (row, expected) => expect(reason(read(row))).toBe(expected));
  test('two numbers at one address are two depots, one number twice is not', () => {
    const { lines, rejected } = readDepots(...sample('depots', depot, { ...depot, number: '39' }, { ...depot, name: 'Gare' }));
    expect(lines.map(({ value }) => value.number)).toEqual(['03', '39']);
    expect(rejected).toEqual([{ line: 4, reason: 'Le point de dépôt n° 03 est déjà à la ligne 2, sous un autre nom (Café).' }]);
  });
});

describe('products', () => {
  const read = (row: Record<string, string>) =>
    readProducts(
      ...sample('products', { name: 'Simple', price: '13,80', vat: '5,5 %', targetDeparture: '9,86', wishedMargin: '40 %', ...row }),
    );

  test('a whole line', () =>
    expect(only(read({}))).toEqual({
      name: 'Simple',
      priceCents: 1380,
      vatBasisPoints: 550,
      targetDepartureCents: 986,
      wishedMarginBasisPoints: 4000,
    }));
  test('what may be left out', () =>
    expect(only(read({ vat: '', targetDeparture: '', wishedMargin: '' }))).toMatchObject({
      vatBasisPoints: 550,
      targetDepartureCents: null,
      wishedMarginBasisPoints: null,
    }));
  test.each([
    [{ name: '' }, 'Panier : valeur manquante.'],
    [{ price: '' }, 'Prix TTC : valeur manquante.'],
    [{ price: '-1' }, 'Prix TTC « -1 » : le montant ne peut pas être négatif.'],
    [{ vat: '550 %' }, 'TVA « 550 % » : taux attendu, par exemple 5,5 %.'],
  ])('%j', (row, expected) => expect(reason(read(row))).toBe(expected));
  test('names that differ by a sign are two products, by an accent are one', () => {
    const names = ['Fruité', 'Fruité +', 'FRUITE'].map((name) => ({ name, price: '1' }));
    expect(readProducts(...sample('products', ...names)).rejected.map(({ line }) => line)).toEqual([4]);
  });
});

describe('calendar', () => {
  const read = (...rows: Record<string, string>[]) => readCalendar(...sample('calendar', ...rows), { year: 2025 });

  test('closed everywhere, closed on one tour, moved', () => {
    expect(
      read(
        { year: '2025', week: '1', note: 'fermeture' },
        { week: 'S52', tourCode: 'ME1', date: 'fermé' },
        { year: '2025', week: '19', tourCode: 'VE1', date: '07/05/2025' },
        { year: '2025', week: '20', tourCode: 'toutes', date: '16/05/2025' },
      ),
    ).toEqual({
      lines: [
        { line: 2, value: { year: 2025, week: 1, tourCode: null, date: null, note: 'fermeture' } },
        { line: 3, value: { year: 2025, week: 52, tourCode: 'ME1', date: null, note: '' } },
        { line: 4, value: { year: 2025, week: 19, tourCode: 'VE1', date: '2025-05-07', note: '' } },
        { line: 5, value: { year: 2025, week: 20, tourCode: null, date: '2025-05-16', note: '' } },
      ],
      rejected: [],
    });
  });
  test.each(['28/04/2025', '18/05/2025'])('a delivery of week 19 may move to %s, one week off', (date) =>
    expect(only(read({ week: '19', date }))).toMatchObject({ week: 19 }),
  );
  test('across the end of the year', () =>
    expect(only(read({ year: '2025', week: '1', date: '31/12/2024' }))).toMatchObject({ date: '2024-12-31' }));
  test.each([
    [
      { week: '19', date: '27/04/2025' },
      'Date de livraison « 27/04/2025 » : trop loin de la semaine 19 de 2025 (une semaine d’écart au plus).',
    ],
    [
      { week: '19', date: '19/05/2025' },
      'Date de livraison « 19/05/2025 » : trop loin de la semaine 19 de 2025 (une semaine d’écart au plus).',
    ],
    [{ week: '19', date: '31/04/2025' }, 'Date de livraison « 31/04/2025 » : ce jour n’existe pas.'],
    [{ week: '53' }, 'Semaine « 53 » : l’année 2025 va de la semaine 1 à la semaine 52.'],
    [{ week: '0' }, 'Semaine « 0 » : l’année 2025 va de la semaine 1 à la semaine 52.'],
    [{ week: 'Noël' }, 'Semaine « Noël » : numéro de semaine attendu, de 1 à 53.'],
    [{ year: '25', week: '1' }, 'Année « 25 » : année attendue, par exemple 2025.'],
  ])('%j', (row, expected) => expect(reason(read(row as Record<string, string>))).toBe(expected));
  test('week 53 of a long year', () => expect(only(read({ year: '2026', week: '53' }))).toMatchObject({ week: 53 }));
  test('a week told twice for one tour', () => {
    expect(read({ week: '19', tourCode: 'VE1' }, { week: '19' }, { week: '19', tourCode: 'VE1', date: '07/05/2025' }).rejected).toEqual([
      { line: 4, reason: 'La semaine 19 de la tournée « VE1 » est déjà à la ligne 2, avec d’autres valeurs.' },
    ]);
  });
});

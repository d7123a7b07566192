import { describe, expect, test } from 'vitest';
import { fields, missingFields } from './fields.ts';
import type { RecognisedKind } from './model.ts';
import { headersKey, proposeMapping, recognise } from './recognise.ts';
import { heading } from './words.ts';

const allKinds = Object.keys(fields) as RecognisedKind[];

describe.each(allKinds)('%s', (kind) => {
  test('is recognised by its own labels, in any order and whatever the case', () => {
    const headers = fields[kind].map(({ label }) => label.toUpperCase()).reverse();
    const found = recognise(headers, 'fichier.csv');
    expect(found).toMatchObject({ kind, score: 1 });
    expect(found!.mapping).toEqual(Object.fromEntries(fields[kind].map(({ key, label }) => [key, label.toUpperCase()])));
  });

  test('no heading means two fields at once', () => {
    const owners = new Map<string, string>();
    for (const { key, label } of fields[kind]) {
      expect(owners.get(heading(label)) ?? key).toBe(key);
      owners.set(heading(label), key);
    }
  });
});

test('headings as gardens write them', () => {
  const headers = [
    'Code client',
    'NOM DE FAMILLE',
    'prenom',
    'Tél. portable',
    'Adresse mail',
    'C.P.',
    'commune',
    'Début d’adhésion',
    'Fin d’adhésion',
    'cotisation',
  ];
  expect(recognise(headers, 'export.csv')).toMatchObject({
    kind: 'customers',
    mapping: {
      number: 'Code client',
      lastName: 'NOM DE FAMILLE',
      firstName: 'prenom',
      phone: 'Tél. portable',
      email: 'Adresse mail',
      postcode: 'C.P.',
      city: 'commune',
      membershipStart: 'Début d’adhésion',
      membershipEnd: 'Fin d’adhésion',
      membershipAmount: 'cotisation',
    },
  });
});

test('« au » belongs to the « du » before it', () => {
  const { mapping } = recognise(['N°', 'Nom', 'Adhésion du', 'au', 'Montant adhésion'], 'a.csv')!;
  expect(mapping).toMatchObject({ membershipStart: 'Adhésion du', membershipEnd: 'au', membershipAmount: 'Montant adhésion' });
  const subscriptions = recognise(['Client', 'Formule', 'Rythme', 'PDD', 'Du', 'Au'], 'a.csv')!;
  expect(subscriptions).toMatchObject({ kind: 'subscriptions', mapping: { start: 'Du', end: 'Au', depotNumber: 'PDD' } });
});

test('the name of the file settles a doubt, columns come first', () => {
  expect(recognise(['N°', 'Nom', 'Adresse', 'CP', 'Ville', 'Téléphone', 'Tournée'], 'points de dépôt.csv')?.kind).toBe('depots');
  expect(recognise(['N°', 'Nom'], 'Adhérents 2025.xlsx')?.kind).toBe('customers');
  expect(
    recognise(
      fields.customers.map(({ label }) => label),
      'abonnements.csv',
    )?.kind,
  ).toBe('customers');
});

test('what resembles nothing is not recognised, what lacks a column is, and says so', () => {
  expect(recognise(['Jardin', 'les personnes inventées'], 'lisezmoi.md')).toBeNull();
  expect(recognise([], 'vide.csv')).toBeNull();
  const found = recognise(['N° adhérent', 'Panier', 'Fréquence', 'Quantité', 'Début', 'Fin'], 'abonnements.csv')!;
  expect(found.kind).toBe('subscriptions');
  expect(found.score).toBeLessThan(1);
  expect(missingFields(found.kind, found.mapping).map(({ label }) => label)).toEqual(['N° dépôt']);
});

test('the columns added to rejected lines change nothing', () => {
  const headers = fields.subscriptions.map(({ label }) => label);
  const rejects = [...headers, 'Ligne', 'Raison'];
  expect(recognise(rejects, 'a.csv')).toEqual(recognise(headers, 'a.csv'));
  expect(headersKey(rejects)).toBe(headersKey(headers));
});

test('the key of a set of columns does not depend on their order, accents or case', () => {
  expect(headersKey(['N°', 'Prénom', 'Nom'])).toBe(headersKey(['nom', 'N°', 'PRENOM']));
  expect(headersKey(['N°', 'Nom'])).not.toBe(headersKey(['N°', 'Nom', 'Ville']));
});

describe('what a garden settled once', () => {
  const mapping = { number: 'Réf', lastName: 'Qui' };

  test('is taken as it is', () =>
    expect(recognise(['Réf', 'Qui', 'Ville'], 'x.csv', { kind: 'customers', mapping })).toEqual({ kind: 'customers', mapping, score: 1 }));
  test('is left when a column is gone', () =>
    expect(recognise(['Réf', 'Lequel', 'Ville'], 'x.csv', { kind: 'customers', mapping })).toBeNull());
});

test('a mapping is proposed for the kind a person chose', () => {
  expect(proposeMapping('tours', ['Libellé', 'Truc', 'Jour'])).toEqual({ name: 'Libellé', deliveryWeekday: 'Jour' });
});

import { expect, test } from 'vitest';
import { type Filling, fill, unknownBlanks } from './fill.ts';

const filling: Filling = {
  civilite: '',
  prenom: 'Claire',
  nom: 'Martin',
  numero: '12',
  montant: '55,20 €',
  depuis: '1er octobre 2025',
  jours: '21 jours',
  detail: '- Facture F2025-00012 : 55,20 €',
  jardin: 'Jardin d’essai',
  telephone: '',
};

test('blanks are filled; an empty one leaves no hole', () => {
  expect(fill('Bonjour {prenom} {nom},\n\nIl reste {montant}, depuis le {depuis}.\n{detail}', filling)).toBe(
    'Bonjour Claire Martin,\n\nIl reste 55,20 €, depuis le 1er octobre 2025.\n- Facture F2025-00012 : 55,20 €',
  );
  expect(fill('{civilite} {nom},', filling)).toBe('Martin,');
  expect(fill('Appelez le {telephone}.', filling)).toBe('Appelez le.');
});

test('an unknown blank is named, and stays as it is', () => {
  expect(unknownBlanks('{montan} {nom} {montan} { }')).toEqual(['montan', ' ']);
  expect(fill('{montan}', filling)).toBe('{montan}');
});

test('what a name holds is not filled again', () => {
  expect(fill('{nom}', { ...filling, nom: '{montant}' })).toBe('{montant}');
});

import { expect, test } from 'vitest';
import { parseMapping } from './schema.ts';

const headers = ['Réf', 'Qui', 'Jour', 'Teinte'];

test('a whole mapping; fields without a column are left out, and so is what is no field', () => {
  const mapping = { code: 'Réf', name: 'Qui', deliveryWeekday: 'Jour', color: '', other: 'Teinte' };
  expect(parseMapping(headers, { kind: 'tours', mapping })).toEqual({
    ok: true,
    value: { kind: 'tours', mapping: { code: 'Réf', name: 'Qui', deliveryWeekday: 'Jour' } },
  });
});

test('each field to mend is named', () => {
  expect(parseMapping(headers, { kind: 'tours', mapping: { code: 'Réf', name: 'Réf', color: 'Couleur' } })).toEqual({
    ok: false,
    reason: 'Certaines colonnes sont à revoir.',
    fields: {
      name: 'La colonne « Réf » sert déjà pour « Code ».',
      color: 'Ce fichier n’a pas de colonne « Couleur ».',
      deliveryWeekday: 'Choisissez la colonne qui contient « Jour de livraison ».',
    },
  });
});

test.each([null, {}, { kind: 'composition', mapping: {} }, { kind: 'tours' }, { kind: 'tours', mapping: { code: 3 } }])(
  '%j is refused',
  (input) => {
    expect(parseMapping(headers, input)).toMatchObject({ ok: false });
  },
);

import { describe, expect, test } from 'vitest';
import { directory, readPile, sayPerson, type Typed, typedLines, whoIs } from './pile.ts';

const people = directory([
  { id: 1, number: '1023', name: 'Martin Claire' },
  { id: 2, number: '1024', name: 'Martin Paul' },
  { id: 3, number: '7', name: 'Lefèvre-Dupont Zoé' },
  { id: 4, number: '8', name: 'Martin' },
]);
const line = (customer: string, amount: string, reference = '', bank = ''): Typed => ({ customer, amount, reference, bank });

describe('who was meant', () => {
  test.each([
    ['1023', 1],
    [' 1023 Martin Claire', 1],
    ['1023 martin', 1],
    ['martin cl', 1],
    ['paul martin', 2],
    ['LEFEVRE dupont', 3],
    ['zoé', 3],
    ['martin', 4],
  ])('%s', (typed, id) => {
    expect(whoIs(typed, people)).toMatchObject({ id });
  });

  test('what the list proposes is read back', () => {
    for (const { person } of people.folded) expect(whoIs(sayPerson(person), people)).toBe(person);
  });

  test('nobody, several, or a number that is somebody else’s: said in words', () => {
    expect(whoIs('durand', people)).toMatch(/Aucun client/);
    expect(whoIs('mart', people)).toMatch(/Plusieurs clients : Martin Claire \(n° 1023\), Martin Paul \(n° 1024\)/);
    expect(whoIs('1023 Zoé', people)).toBe('Le n° 1023 est Martin Claire.');
  });
});

describe('a pile', () => {
  test('lines without anything are left out, the others are read', () => {
    const pile = readPile([line('1023', '42,50', '0001', 'Crédit agricole'), line('', ''), line('zoé', '10')], people, 5250);
    expect(pile).toEqual({
      lines: [
        { at: 0, customer: 1, amount: 4250, reference: '0001', bank: 'Crédit agricole' },
        { at: 2, customer: 3, amount: 1000, reference: '', bank: '' },
      ],
      total: 5250,
      errors: {},
    });
  });

  test('what is wrong stands beside its field', () => {
    expect(readPile([line('', '4'), line('1023', ''), line('1023', '-5'), line('x', 'y')], people, null).errors).toEqual({
      customer0: 'Qui a réglé ?',
      amount1: 'Combien ?',
      amount2: 'Écrivez par exemple 42,50.',
      customer3: 'Aucun client ne porte ce nom ou ce numéro.',
      amount3: 'Écrivez par exemple 42,50.',
    });
    expect(readPile([], people, null).errors).toEqual({ customer0: 'Écrivez au moins un règlement.' });
  });

  test('the same cheque twice, and a total that does not agree', () => {
    expect(readPile([line('7', '4', '12'), line('Zoé', '4', '12')], people, null).errors).toEqual({
      reference1: 'Le n° 12 est déjà écrit plus haut pour ce client.',
    });
    expect(readPile([line('7', '4')], people, 500).errors.total).toMatch(/^Les lignes font 4,00\s€ : 1,00\s€ de moins que prévu\.$/);
  });
});

test('lines are found by the names of their fields', () => {
  expect(typedLines({ customer1: 'a', amount1: '2' }, 2)).toEqual([line('', ''), line('a', '2')]);
});

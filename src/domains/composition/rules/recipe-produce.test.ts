import { expect, test } from 'vitest';
import { produceIn, produceNamed, sameAs } from './recipe-produce.ts';

const produce = ['Carotte', 'Pomme', 'Pomme de terre', 'Poireau', 'Chou', 'Chou-fleur', 'Œufs', 'Ail'].map((name, id) => ({ id, name }));
const names = (ids: number[]) => ids.map((id) => produce[id]!.name);

test('two gardens name one vegetable in their own way', () => {
  expect(sameAs('POIREAUX')).toBe(sameAs('Poireau'));
  expect(names(produceNamed(['carottes', 'oeuf', 'Navet'], produce))).toEqual(['Carotte', 'Œufs']);
});

test('ingredients tell which vegetables a recipe takes; the longest name wins', () => {
  expect(names(produceIn('800 g de pommes de terre\n2 poireaux\n1 gousse d’ail', produce))).toEqual(['Pomme de terre', 'Poireau', 'Ail']);
  expect(names(produceIn('1 chou-fleur', produce))).toEqual(['Chou-fleur']);
  expect(names(produceIn('1 chou\n3 pommes, 2 pommes de terre', produce))).toEqual(['Pomme', 'Pomme de terre', 'Chou']);
});

test('a name is not put together from two lines, nor found within a word', () => {
  expect(produceIn('pomme de\nterre', produce).map((id) => produce[id]!.name)).toEqual(['Pomme']);
  expect(produceIn('du travail', produce)).toEqual([]);
  expect(produceIn('', produce)).toEqual([]);
});

test('a plain name takes all its kinds; a kind that is named is taken alone', () => {
  const kinds = ['Pomme de terre à purée', 'Pomme de terre à chair ferme', 'Carotte en botte', 'Carotte', 'Œufs (boîte de 6)'].map(
    (name, id) => ({ id, name }),
  );
  expect(produceIn('1 kg de pommes de terre\n2 carottes\n3 œufs', kinds)).toEqual([0, 1, 2, 3, 4]);
  expect(produceIn('1 kg de pommes de terre à purée', kinds)).toEqual([0]);
  expect(produceNamed(['Pomme de terre', 'Carotte'], kinds)).toEqual([0, 1, 3]);
});

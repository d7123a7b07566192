import { expect, test } from 'vitest';
import { matchingProduce, meantProduce } from './find-produce.ts';

const all = ['Carotte', 'Carotte de sable', 'Chou-rave vert', 'Épinard', 'Œufs (boîte de 6)', 'Petite carotte'].map((name, id) => ({
  id,
  name,
}));
const names = (typed: string) => matchingProduce(all, typed).map(({ name }) => name);

test('accents, case and order of words do not matter; what begins so comes first', () => {
  expect(names('epin')).toEqual(['Épinard']);
  expect(names('oeuf')).toEqual(['Œufs (boîte de 6)']);
  expect(names('vert chou')).toEqual(['Chou-rave vert']);
  expect(names('carotte')).toEqual(['Carotte', 'Carotte de sable', 'Petite carotte']);
  expect(names('kiwi')).toEqual([]);
});

test('the one of that very name is meant, or the only one that matches', () => {
  expect(meantProduce(all, ' CAROTTE ')).toEqual({ found: all[0] });
  expect(meantProduce(all, 'sable')).toEqual({ found: all[1] });
  expect(meantProduce(all, 'carot')).toEqual({ couldBe: [all[0], all[1], all[5]] });
  expect(meantProduce(all, 'kiwi')).toEqual({ couldBe: [] });
});

import { chance } from '../src/demo/random.ts';
import type { Category, Choice, ProposalAsk, SizeAsk } from '../src/domains/composition/rules/proposal/ask.ts';
import { targetOf } from '../src/domains/composition/rules/proposal/ask.ts';
import type { Unit } from '../src/kernel/quantity.ts';

/** Name, unit, € per unit without VAT, grams of a piece, family. */
const grown: [name: string, unit: Unit, euros: number, grams: number, family: string, category?: Category][] = [
  ['Carotte', 'kg', 1.51, 1000, 'racines'],
  ['Pomme de terre', 'kg', 1.2, 1000, 'tubercules'],
  ['Pomme de terre nouvelle', 'kg', 2.1, 1000, 'tubercules'],
  ['Poireau', 'kg', 2.2, 1000, 'alliacées'],
  ['Oignon jaune', 'kg', 1.6, 1000, 'alliacées'],
  ['Oignon rouge', 'kg', 1.9, 1000, 'alliacées'],
  ['Échalote', 'kg', 3.4, 1000, 'alliacées'],
  ['Ail', 'kg', 8, 1000, 'alliacées'],
  ['Chou brocoli', 'kg', 1.95, 1000, 'choux'],
  ['Chou-fleur', 'piece', 2, 900, 'choux'],
  ['Chou vert', 'piece', 1.5, 1100, 'choux'],
  ['Chou rouge', 'kg', 1.5, 1000, 'choux'],
  ['Chou-rave', 'piece', 1.17, 400, 'choux'],
  ['Chou kale', 'bunch', 1.6, 300, 'choux'],
  ['Chou de Bruxelles', 'kg', 3.6, 1000, 'choux'],
  ['Navet', 'kg', 1.8, 1000, 'racines'],
  ['Radis', 'bunch', 1.1, 250, 'racines'],
  ['Radis noir', 'kg', 1.7, 1000, 'racines'],
  ['Betterave', 'kg', 1.6, 1000, 'racines'],
  ['Betterave en botte', 'bunch', 1.9, 700, 'racines'],
  ['Céleri-rave', 'piece', 1.9, 800, 'racines'],
  ['Céleri branche', 'kg', 2.4, 1000, 'feuilles'],
  ['Panais', 'kg', 2.3, 1000, 'racines'],
  ['Épinard', 'kg', 3.18, 1000, 'feuilles'],
  ['Blette', 'bunch', 1.7, 600, 'feuilles'],
  ['Salade batavia', 'piece', 1.15, 350, 'salades'],
  ['Salade feuille de chêne', 'piece', 1.15, 300, 'salades'],
  ['Mâche', 'kg', 9.5, 1000, 'salades'],
  ['Mesclun', 'kg', 11, 1000, 'salades'],
  ['Chicorée', 'piece', 1.3, 450, 'salades'],
  ['Fenouil', 'kg', 2.6, 1000, 'feuilles'],
  ['Potimarron', 'kg', 1.7, 1000, 'courges'],
  ['Butternut', 'kg', 1.7, 1000, 'courges'],
  ['Courge spaghetti', 'piece', 2.2, 1300, 'courges'],
  ['Tomate ronde', 'kg', 2.6, 1000, 'fruits'],
  ['Poivron', 'kg', 3.1, 1000, 'fruits'],
  ['Persil', 'bunch', 0.9, 80, 'herbes', 'herb'],
  ['Pomme', 'kg', 2.1, 1000, 'fruitier', 'fruit'],
  ['Poire', 'kg', 2.6, 1000, 'fruitier', 'fruit'],
  ['Champignon de Paris', 'box', 2.4, 250, 'champignons'],
];

const baskets = [
  { name: 'Petit', target: 640, share: 0.2, kinds: { least: 5, most: 7 }, weight: { least: 2000, most: 4500 } },
  { name: 'Simple', target: 986, share: 0.5, kinds: { least: 7, most: 9 }, weight: { least: 3000, most: 6500 } },
  { name: 'Familial', target: 1693, share: 0.22, kinds: { least: 8, most: 11 }, weight: { least: 5000, most: 10_500 } },
  { name: 'Grand', target: 2150, share: 0.08, kinds: { least: 9, most: 13 }, weight: { least: 6000, most: 13_000 } },
];

/**
 * A day of a large garden: 40 kinds, four sizes of basket, five tours of about 190 baskets. What there is makes about twice the value that is
 * asked for: some of it for everybody, some for half of them, some for a few; three things to be used up, two that must be in, two pairs
 * that never meet.
 */
export function sampleAsk(seed: number): ProposalAsk {
  const luck = chance(seed);
  const tours = Array.from({ length: 5 }, (_, tour) => ({ tourId: tour + 1, count: luck.between(120, 260) }));
  const everybody = tours.reduce((sum, { count }) => sum + count, 0);
  const choices = grown.map(([, unit, euros, grams, family, category = 'vegetable'], index): Choice => {
    const each = Math.min(euros <= 0 ? 1 : 1.1 / euros, 3) * 1000;
    const available = Math.round(everybody * luck.pick([0.15, 0.4, 0.7, 1, 1.3]) * (unit === 'kg' ? each : 1000));
    const id = index + 1;
    return {
      ...{ id, unit, unitPrice: Math.round(euros * 10_000), grams, family, category },
      available: unit === 'kg' ? available : Math.round(available / 1000) * 1000,
      useUp: [9, 25, 32].includes(id),
      mustHave: [1, 2].includes(id),
    };
  });
  // Must-haves are what there is plenty of.
  for (const choice of choices) if (choice.mustHave) choice.available = everybody * 700;
  const sizeOf = ({ target, share, kinds, weight }: (typeof baskets)[number], productId: number, count: number): SizeAsk => ({
    ...{ productId, kinds, weight, target: targetOf(target), baskets: Math.max(3, Math.round(count * share)), categories: [], locked: [] },
    recent: new Map(choices.filter(() => luck.happens(0.2)).map(({ id }) => [id, luck.pick([0.25, 0.5, 1, 1.5])])),
  });
  return {
    choices,
    pairs: [
      [11, 12],
      [32, 33],
    ],
    familyMost: 2,
    tours: tours.map(({ tourId, count }) => ({ tourId, sizes: baskets.map((basket, index) => sizeOf(basket, index + 1, count)) })),
  };
}

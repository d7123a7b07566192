import { type Size, split, usualStep } from '#domains/composition/rules/split.ts';
import { formatQuantity, parseQuantity, type Unit } from '#kernel/quantity.ts';
import { type Command, needed, UsageError } from './command.ts';

const units: Record<string, Unit> = {
  kg: 'kg',
  piece: 'piece',
  pièce: 'piece',
  pieces: 'piece',
  bunch: 'bunch',
  botte: 'bunch',
  box: 'box',
};
const mostBaskets = 100_000;

export default {
  usage: '--total 100 --unit kg --sizes 60@17,40@33,10@50',
  summary: 'Partage une récolte entre des paniers de plusieurs tailles',
  options: {
    total: { type: 'string', says: 'ce qu’il y a à partager, dans l’unité' },
    unit: { type: 'string', says: 'kg (au pas de 10 g), piece, bunch (bottes) ou box (barquettes)' },
    sizes: {
      type: 'string',
      says: 'paniers@part en %, par taille : 60@17,40@33,10@50. La part dit ce que reçoit UN panier à côté d’un panier des autres tailles (ici une, deux et trois parts), quel que soit le nombre de paniers',
    },
    step: { type: 'string', says: 'le plus petit écart que l’on pèse ou compte, dans l’unité : 0,05 = 50 g (facultatif)' },
  },
  words: 0,
  run: async (_, values) => {
    const unit = units[needed(values, 'unit').toLowerCase()];
    if (!unit) throw new UsageError(`--unit « ${values.unit} » : kg, piece, bunch ou box.`);
    const total = quantity(needed(values, 'total'), 'total', 'une quantité à partager, par exemple 100 ou 83,5');
    const sizes = readSizes(needed(values, 'sizes'));
    const step = values.step === undefined ? usualStep(unit) : quantity(String(values.step), 'step', 'un pas, par exemple 0,01');
    if (step === 0) throw new UsageError('--step : le pas est plus grand que zéro.');
    if (!sizes.some(({ baskets, share }) => baskets > 0 && share > 0))
      throw new UsageError('--sizes : aucun panier n’a de part. Donnez au moins un panier avec une part plus grande que zéro.');
    const { perBasket, used, left } = split(total, sizes, step);
    const lines = sizes.map(({ baskets }, at) => `${String(baskets).padStart(5)} × ${formatQuantity(perBasket[at]!, unit)}`);
    return {
      json: { perBasket: perBasket.map(inUnit), used: inUnit(used), left: inUnit(left) },
      text: `${lines.join('\n')}\nPartagé : ${formatQuantity(used, unit)}. Reste : ${formatQuantity(left, unit)}.`,
    };
  },
} satisfies Command;

const inUnit = (thousandths: number): number => thousandths / 1000;

function quantity(text: string, option: string, expected: string): number {
  const read = parseQuantity(text);
  if (read === null) throw new UsageError(`--${option} « ${text} » : ${expected} (trois décimales au plus).`);
  return read;
}

/** « 60@17,40@33.5 » → baskets, and shares in thousandths of a per cent. */
function readSizes(text: string): Size[] {
  return text.split(',').map((part) => {
    const [, baskets, share] = /^\s*(\d{1,6})\s*@\s*([\d.]+)\s*%?\s*$/.exec(part) ?? [];
    const read = share === undefined ? null : parseQuantity(share);
    if (read === null || Number(baskets) > mostBaskets)
      throw new UsageError(`--sizes « ${part.trim()} » : un nombre de paniers, @, une part en %, par exemple 60@17 ou 60@17.5.`);
    if (read > 100_000) throw new UsageError(`--sizes « ${part.trim()} » : une part va de 0 à 100 %.`);
    return { baskets: Number(baskets), share: read };
  });
}

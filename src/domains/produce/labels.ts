import { type Thousandths, type Unit, type UnitPrice, unitLabels } from '#kernel/quantity.ts';
import { sayMonths } from './rules/season.ts';
import type { Category, CrewValues, Organic, ProduceValues, SupplierValues } from './schema.ts';

/** French names of what is said of produce, of its suppliers and of the crews that grow it. */

export const categoryLabels: Record<Category, { one: string; many: string; emoji: string }> = {
  vegetable: { one: 'Légume', many: 'Légumes', emoji: '🥕' },
  fruit: { one: 'Fruit', many: 'Fruits', emoji: '🍎' },
  herb: { one: 'Aromate', many: 'Aromates', emoji: '🌿' },
  other: { one: 'Autre', many: 'Autres (œufs, pain, miel…)', emoji: '🧺' },
};

export const organicLabels: Record<Organic, string> = {
  organic: 'Agriculture biologique',
  conversion: 'En conversion vers le bio',
  conventional: 'Conventionnel',
};

export const unitChoices: Record<Unit, string> = { kg: 'Au kilo', piece: 'À la pièce', bunch: 'À la botte', box: 'À la barquette' };

/** « le kilo », « la pièce »: what a price is for. */
export const perUnit: Record<Unit, string> = { kg: 'le kilo', piece: 'la pièce', bunch: 'la botte', box: 'la barquette' };

export const produceLabels: Record<keyof ProduceValues, string> = {
  name: 'Nom',
  category: 'Ce que c’est',
  family: 'Famille botanique',
  unit: 'Se compte',
  pieceGrams: 'Poids moyen d’une pièce',
  organic: 'Mode de production',
  months: 'Saison',
  storage: 'Conservation',
  emoji: 'Petit dessin',
  supplierId: 'Vient de',
  crewId: 'Équipe de culture',
  container: 'Contenant d’achat',
  containerQuantity: 'Quantité dans un contenant',
};

export const supplierLabels: Record<keyof SupplierValues, string> = {
  name: 'Nom',
  contact: 'Personne à joindre',
  phone: 'Téléphone',
  email: 'Adresse e-mail',
  note: 'Remarques',
};

export const crewLabels: Record<keyof CrewValues, string> = { name: 'Nom', position: 'Place dans les listes' };

/** 15100 → « 1,51 », as typed in a form; null → ''. Four decimals at most, two at least. */
export const typedUnitPrice = (price: UnitPrice | null): string =>
  price === null
    ? ''
    : (price / 10_000)
        .toFixed(4)
        .replace(/0{1,2}$/, '')
        .replace('.', ',');

/** 12500 → « 12,5 », as typed in a form; null → ''. */
export const typedQuantity = (quantity: Thousandths | null): string => (quantity === null ? '' : String(quantity / 1000).replace('.', ','));

const number = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 3 });

/** (10000, 'kg') → « 10 kg », (12000, 'piece') → « 12 pièces » */
export const sayHolds = (quantity: Thousandths, unit: Unit): string =>
  `${number.format(quantity / 1000)} ${unit === 'kg' ? 'kg' : unitLabels[unit][quantity < 2000 ? 'one' : 'many']}`;

/** « colis de 10 kg »; '' when nothing is said. */
export function sayContainer({
  container,
  containerQuantity,
  unit,
}: Pick<ProduceValues, 'container' | 'containerQuantity' | 'unit'>): string {
  if (containerQuantity === null) return container;
  return `${container || 'contenant'} de ${sayHolds(containerQuantity, unit)}`;
}

type NamesOf = { supplierName: string | null; crewName: string | null };

/** Every field as people read it; '' when nothing is said. */
export function tellProduce(produce: ProduceValues, { supplierName, crewName }: NamesOf): Record<keyof ProduceValues, string> {
  return {
    name: produce.name,
    category: categoryLabels[produce.category].one,
    family: produce.family,
    unit: unitChoices[produce.unit],
    pieceGrams: produce.pieceGrams === null ? '' : `${number.format(produce.pieceGrams)} g`,
    organic: organicLabels[produce.organic],
    months: sayMonths(produce.months),
    storage: produce.storage,
    emoji: produce.emoji,
    supplierId: supplierName ?? 'notre jardin',
    crewId: crewName ?? '',
    container: produce.container,
    containerQuantity: produce.containerQuantity === null ? '' : sayHolds(produce.containerQuantity, produce.unit),
  };
}

/** The same as a form shows it. */
export const typedProduce = (produce: ProduceValues): Record<string, string | string[]> => ({
  name: produce.name,
  category: produce.category,
  family: produce.family,
  unit: produce.unit,
  pieceGrams: produce.pieceGrams === null ? '' : String(produce.pieceGrams),
  organic: produce.organic,
  months: produce.months.map(String),
  storage: produce.storage,
  emoji: produce.emoji,
  supplierId: produce.supplierId === null ? '' : String(produce.supplierId),
  crewId: produce.crewId === null ? '' : String(produce.crewId),
  container: produce.container,
  containerQuantity: typedQuantity(produce.containerQuantity),
});

/** The picture before a name: its own, or that of its kind. */
export const emojiOf = ({ emoji, category }: Pick<ProduceValues, 'emoji' | 'category'>): string => emoji || categoryLabels[category].emoji;

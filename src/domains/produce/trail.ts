import { type Day, sayDayAndYear } from '#kernel/day.ts';
import { formatUnitPrice } from '#kernel/quantity.ts';
import type { TableLabels } from '#platform/audit/say.ts';
import { categoryLabels, crewLabels, organicLabels, produceLabels, supplierLabels, typedQuantity, unitChoices } from './labels.ts';
import { sayMonths } from './rules/season.ts';

const has = <K extends string>(labels: Record<K, unknown>, value: unknown): value is K => String(value) in labels;
const archived = { label: 'Archivé', say: () => 'oui', empty: 'non' };

/** How the trail of produce, prices, suppliers and crews is told. */
export const produceTrail: Record<string, TableLabels> = {
  produce: {
    name: 'Produit du panier',
    right: 'catalogue:read',
    columns: {
      name: { label: produceLabels.name },
      category: { label: produceLabels.category, say: (value) => (has(categoryLabels, value) ? categoryLabels[value].one : String(value)) },
      family: { label: produceLabels.family },
      unit: { label: produceLabels.unit, say: (value) => (has(unitChoices, value) ? unitChoices[value] : String(value)) },
      piece_grams: { label: produceLabels.pieceGrams, say: (value) => `${value} g` },
      organic: { label: produceLabels.organic, say: (value) => (has(organicLabels, value) ? organicLabels[value] : String(value)) },
      months: { label: produceLabels.months, say: (value) => sayMonths(value as number[]) },
      storage: { label: produceLabels.storage },
      emoji: { label: produceLabels.emoji },
      supplier_id: { label: produceLabels.supplierId, refers: true, empty: 'notre jardin' },
      crew_id: { label: produceLabels.crewId, refers: true },
      container: { label: produceLabels.container },
      container_quantity: { label: produceLabels.containerQuantity, say: (value) => typedQuantity(Number(value)) },
      archived_at: archived,
    },
  },
  reference_price: {
    name: 'Prix de référence',
    right: 'catalogue:read',
    columns: {
      starts_on: { label: 'À partir du', say: (value) => sayDayAndYear(value as Day) },
      unit_price: { label: 'Prix', say: (value) => formatUnitPrice(Number(value)), empty: 'plus de prix' },
      note: { label: 'Remarque' },
    },
  },
  produce_pair: {
    name: 'Ne vont pas ensemble',
    right: 'catalogue:read',
    columns: { produce_id: { label: 'L’un', refers: true }, other_id: { label: 'L’autre', refers: true } },
  },
  produce_photo: { name: 'Photo du produit', right: 'catalogue:read', columns: {} },
  supplier: {
    name: 'Fournisseur',
    right: 'catalogue:read',
    columns: {
      name: { label: supplierLabels.name },
      contact: { label: supplierLabels.contact },
      phone: { label: supplierLabels.phone },
      email: { label: supplierLabels.email },
      note: { label: supplierLabels.note },
      archived_at: archived,
    },
  },
  crew: {
    name: 'Équipe de culture',
    right: 'catalogue:read',
    columns: {
      name: { label: crewLabels.name },
      position: { label: crewLabels.position },
      archived_at: { ...archived, label: 'Archivée' },
    },
  },
};

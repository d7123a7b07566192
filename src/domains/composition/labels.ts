import { type Day, sayDayAndYear } from '#kernel/day.ts';
import { formatUnitPrice, type Unit, unitLabels } from '#kernel/quantity.ts';
import type { TableLabels } from '#platform/audit/say.ts';

const number = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 3 });

/** How the trail of compositions is told. */
export const compositionTrail: Record<string, TableLabels> = {
  composition: {
    name: 'Composition',
    right: 'composition:read',
    columns: {
      product_id: { label: 'Panier', refers: true },
      day: { label: 'Jour de livraison', say: (value) => sayDayAndYear(value as Day) },
      tour_id: { label: 'Tournée', refers: true, empty: 'tout le jour' },
      note: { label: 'Remarque' },
    },
  },
  composition_line: {
    name: 'Ligne de composition',
    right: 'composition:read',
    columns: {
      produce_id: { label: 'Produit', refers: true },
      quantity: { label: 'Quantité', say: (value) => number.format(Number(value) / 1000) },
      unit: { label: 'Unité', say: (value) => unitLabels[value as Unit].one },
      unit_price: { label: 'Prix de référence', say: (value) => formatUnitPrice(Number(value)), empty: 'sans prix' },
      locked: { label: 'Gardée par les propositions', say: (value) => (value ? 'oui' : 'non') },
    },
  },
};

import { formatEuros } from '#kernel/money.ts';
import type { TableLabels } from '#platform/audit/say.ts';

import type { productKinds } from './schema.ts';

export const productKindLabels: Record<(typeof productKinds)[number], { label: string; hint: string }> = {
  basket: { label: 'Un panier', hint: 'Composé chaque semaine avec la récolte.' },
  other: { label: 'Un autre produit', hint: 'Œufs, pain, fleurs, fromage… : compté à part sur les feuilles.' },
};

/** French names of the facts of a product, as its form and its history show them. */
export const productLabels = {
  name: 'Nom',
  kind: 'Ce que c’est',
  priceCents: 'Prix TTC',
  vatBasisPoints: 'TVA',
  position: 'Place dans les listes',
  targetDepartureCents: 'Prix de départ visé',
  wishedMarginBasisPoints: 'Marge souhaitée',
  perCrate: 'Paniers par caisse',
} as const;

const number = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 2 });

/** 550 → « 5,5 % »; null → ''. */
export const sayPercent = (basisPoints: number | null): string => (basisPoints === null ? '' : `${number.format(basisPoints / 100)} %`);

/** 1380 → « 13,80 », as typed in a form; null → ''. */
export const typedAmount = (cents: number | null): string => (cents === null ? '' : (cents / 100).toFixed(2).replace('.', ','));

/** 550 → « 5,5 », as typed in a form; null → ''. */
export const typedPercent = (basisPoints: number | null): string =>
  basisPoints === null ? '' : String(basisPoints / 100).replace('.', ',');

/** How the trail of products is told. */
export const productTrail: Record<string, TableLabels> = {
  product: {
    name: 'Produit',
    right: 'catalogue:read',
    columns: {
      name: { label: productLabels.name },
      kind: { label: productLabels.kind, say: (value) => (value === 'basket' ? 'panier' : 'autre produit') },
      price_cents: { label: productLabels.priceCents, say: (value) => formatEuros(Number(value)) },
      vat_basis_points: { label: productLabels.vatBasisPoints, say: (value) => sayPercent(Number(value)) },
      position: { label: productLabels.position },
      target_departure_cents: { label: productLabels.targetDepartureCents, say: (value) => formatEuros(Number(value)) },
      wished_margin_basis_points: { label: productLabels.wishedMarginBasisPoints, say: (value) => sayPercent(Number(value)) },
      per_crate: { label: productLabels.perCrate },
      archived_at: { label: 'Archivé', say: () => 'oui', empty: 'non' },
    },
  },
};

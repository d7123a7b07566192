import type { TableLabels } from '#platform/audit/say.ts';

const number = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 3 });
/** The trail does not know the unit: « 12,5 ». */
const amount = (value: unknown) => number.format(Number(value) / 1000);
const yes = (value: unknown) => (value ? 'oui' : 'non');

/** How the trail of harvests is told. */
export const harvestTrail: Record<string, TableLabels> = {
  harvest: {
    name: 'Récolte',
    right: 'composition:read',
    columns: {
      produce_id: { label: 'Produit', refers: true },
      available: { label: 'Disponible', say: amount },
      use_up: { label: 'À écouler', say: yes, empty: 'non' },
      must_have: { label: 'Indispensable', say: yes, empty: 'non' },
      picked: { label: 'Récolté ou reçu', say: amount },
      packed: { label: 'Mis en paniers', say: amount },
      lost: { label: 'Perdu', say: amount },
      loss_reason: { label: 'Pourquoi' },
      note: { label: 'Remarque' },
    },
  },
};

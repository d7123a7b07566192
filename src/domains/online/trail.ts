import { formatEuros } from '#kernel/money.ts';
import type { TableLabels } from '#platform/audit/say.ts';
import { onlineLabels, providerLabels, settingsLabels } from './labels.ts';

const has = <K extends string>(labels: Record<K, unknown>, value: unknown): value is K => String(value) in labels;
const euros = (value: unknown) => formatEuros(Number(value));
const provider = (value: unknown) => (has(providerLabels, value) ? providerLabels[value].name : String(value));

/** How the trail of payments online and of their settings is told. */
export const onlineTrail: Record<string, TableLabels> = {
  online_payment: {
    name: 'Paiement en ligne',
    right: 'payments:read',
    columns: {
      provider: { label: 'Prestataire', say: provider },
      amount_cents: { label: 'Montant', say: euros },
      received_cents: { label: 'Reçu', say: euros },
      purpose: { label: 'Ce que c’est' },
      state: { label: 'État', say: (value) => (has(onlineLabels, value) ? onlineLabels[value].one : String(value)) },
      reason: { label: 'Remarque' },
    },
  },
  online_provider: {
    name: 'Prestataire de paiement',
    right: 'settings:read',
    columns: {
      kind: { label: 'Prestataire', say: provider },
      active: { label: settingsLabels.active, say: (value) => (value === true ? 'oui' : 'non') },
    },
  },
};

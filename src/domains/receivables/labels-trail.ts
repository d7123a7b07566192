import { shortDay } from '#kernel/day.ts';
import { formatEuros } from '#kernel/money.ts';
import type { TableLabels } from '#platform/audit/say.ts';
import { decisionLabels, wayLabels } from './labels.ts';

const day = (value: unknown) => shortDay(String(value));
const archived = { label: 'Archivée', say: (value: unknown) => (value ? 'oui' : 'non'), empty: 'non' };

/** How the trail of reminders, of their texts, and of what is decided of refused payments is told. */
export const receivablesTrail: Record<string, TableLabels> = {
  reminder_step: {
    name: 'Étape de rappel',
    right: 'billing:read',
    columns: {
      name: { label: 'Nom' },
      days_late: { label: 'Après (jours de retard)' },
      way: { label: 'Comment', say: (value) => wayLabels[value as keyof typeof wayLabels] },
      subject: { label: 'Objet' },
      body: { label: 'Texte' },
      archived_at: archived,
    },
  },
  reminder: {
    name: 'Rappel',
    right: 'billing:read',
    columns: {
      day: { label: 'Fait le', say: day },
      since: { label: 'En retard depuis le', say: day },
      amount_cents: { label: 'Demandé', say: (value) => formatEuros(Number(value)) },
      way: { label: 'Comment', say: (value) => wayLabels[value as keyof typeof wayLabels] },
      withdrawn_at: { label: 'Annulé', say: (value) => (value ? 'oui' : 'non'), empty: 'non' },
    },
  },
  payment_followup: {
    name: 'Suite d’un rejet',
    right: 'billing:read',
    columns: {
      decision: { label: 'La suite', say: (value) => decisionLabels[value as keyof typeof decisionLabels] },
      until_on: { label: 'Jusqu’au', say: day },
      note: { label: 'Note' },
    },
  },
};

import type { TableLabels } from '#platform/audit/say.ts';
import { type Moment, momentLabels, type Task, taskLabels } from './labels-baskets.ts';

const states = { open: 'en attente', accepted: 'acceptée', refused: 'refusée', withdrawn: 'retirée par le client' } as const;
const named = (labels: Record<string, string>) => (value: unknown) => (value as string[]).map((one) => labels[one] ?? one).join(', ');

/** How the trail of what customers ask beyond the rules, and offer, is told. */
export const basketAsksTrail: Record<string, TableLabels> = {
  exception_request: {
    name: 'Demande au jardin',
    right: 'subscriptions:read',
    columns: {
      week: { label: 'Semaine' },
      refusal: { label: 'Règle' },
      note: { label: 'Mot du client' },
      state: { label: 'État', say: (value) => states[value as keyof typeof states] ?? String(value) },
      answer: { label: 'Réponse' },
    },
  },
  volunteer_offer: {
    name: 'Coup de main',
    right: 'customers:read',
    columns: {
      tasks: { label: 'Pour', say: named(taskLabels satisfies Record<Task, string>) },
      moments: { label: 'Quand', say: named(momentLabels satisfies Record<Moment, string>) },
      note: { label: 'Un mot' },
      withdrawn_at: { label: 'Retiré', say: () => 'oui', empty: 'non' },
    },
  },
  calendar_feed: {
    name: 'Adresse d’agenda',
    right: 'customers:read',
    columns: { revoked_at: { label: 'Fermée', say: () => 'oui', empty: 'non' } },
  },
};

import { formatEuros } from '#kernel/money.ts';
import { badge, lines, mail, phone } from '#ui/cell.ts';
import type { Column, Filter } from '#ui/table.ts';
import { type SampleCustomer, stateNames } from './sample.ts';

const tones = { active: 'good', paused: 'attention', ended: 'neutral' } as const;

export const columns: Column<SampleCustomer>[] = [
  { key: 'name', label: 'Nom', sortable: true, cell: ({ name, plan }) => lines(name, plan) },
  { key: 'number', label: 'N°', sortable: true, numeric: true, cell: ({ number }) => number },
  { key: 'town', label: 'Commune', sortable: true, cell: ({ town }) => town },
  { key: 'phone', label: 'Téléphone', nowrap: true, cell: ({ phone: number }) => phone(number) },
  { key: 'email', label: 'E-mail', cell: ({ email }) => mail(email) },
  { key: 'state', label: 'Abonnement', cell: ({ state }) => badge(stateNames[state], tones[state]) },
  { key: 'balance', label: 'Solde', sortable: true, numeric: true, cell: ({ balance }) => (balance === 0 ? '—' : formatEuros(balance)) },
];

export const filters: Filter[] = [
  { key: 'statut', label: 'Abonnement', options: Object.entries(stateNames).map(([value, label]) => ({ value, label })) },
  {
    key: 'commune',
    label: 'Commune',
    all: 'Toutes',
    options: ['Épinal', 'Golbey', 'Charmes', 'Remiremont'].map((value) => ({ value, label: value })),
  },
];

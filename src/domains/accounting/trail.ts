import { type Day, shortDay } from '#kernel/day.ts';
import type { TableLabels } from '#platform/audit/say.ts';

const aside = { label: 'Mis de côté', say: () => 'oui', empty: 'non' };
const day = (label: string) => ({ label, say: (value: unknown) => shortDay(value as Day) });

/** How the trail of accounting is told. The ledger, closings and archives are their own trail. */
export const accountingTrail: Record<string, TableLabels> = {
  account: {
    name: 'Compte',
    right: 'accounting:read',
    columns: { number: { label: 'Numéro' }, name: { label: 'Nom' }, archived_at: aside },
  },
  activity: {
    name: 'Activité',
    right: 'accounting:read',
    columns: { code: { label: 'Code' }, name: { label: 'Nom' }, archived_at: aside },
  },
  fiscal_year: {
    name: 'Exercice',
    right: 'accounting:read',
    columns: {
      starts_on: day('Premier jour'),
      ends_on: day('Dernier jour'),
      closed_at: { label: 'Clôturé', say: () => 'oui', empty: 'non' },
    },
  },
  ledger_export: {
    name: 'Export comptable',
    right: 'accounting:read',
    columns: {
      name: { label: 'Nom' },
      entries: { label: 'Écritures' },
      cancelled_at: { label: 'Annulé', say: () => 'oui', empty: 'non' },
    },
  },
};

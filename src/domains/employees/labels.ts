import { shortDay } from '#kernel/day.ts';
import { formatEuros } from '#kernel/money.ts';
import type { TableLabels } from '#platform/audit/say.ts';

export const kinds = ['real', 'flat'] as const;
export type Kind = (typeof kinds)[number];
export const kindLabels: Record<Kind, string> = { real: 'Ce qui est facturé', flat: 'Un montant fixe par mois' };

/** The way of paying under which what is taken from pay stands on accounts, and the account of the ledger that it comes from. */
export const methodName = 'Retenue sur salaire';
export const payAccount = { number: '421000', name: 'Personnel : rémunérations dues' };

const euros = (value: unknown) => formatEuros(Number(value));
const day = (value: unknown) => shortDay(String(value));

/** How the trail of agreements is told. */
export const employeesTrail: Record<string, TableLabels> = {
  pay_agreement: {
    name: 'Autorisation de retenue',
    right: 'employees:read',
    columns: {
      employee_number: { label: 'Matricule' },
      kind: { label: 'Retenue', say: (value) => kindLabels[value as Kind] ?? String(value) },
      flat_cents: { label: 'Montant fixe', say: euros },
      most_cents: { label: 'Plafond par mois', say: euros },
      signed_on: { label: 'Signée le', say: day },
      evidence: { label: 'Où est le papier' },
      starts_on: { label: 'À partir du', say: day },
      ends_on: { label: 'Jusqu’au', say: day, empty: 'sans fin' },
    },
  },
  pay_list: {
    name: 'Liste pour la paie',
    right: 'employees:read',
    columns: { month: { label: 'Mois', say: day }, day: { label: 'Écrite au', say: day } },
  },
};

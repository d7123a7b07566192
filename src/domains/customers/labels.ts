import { shortDay } from '#kernel/day.ts';
import { formatEuros } from '#kernel/money.ts';
import type { TableLabels } from '#platform/audit/say.ts';
import { maskIban } from './rules/iban.ts';
import type { CustomerValues, paymentMethods, volunteerAnswers } from './schema.ts';

export const kindLabels = { person: 'Particulier', organisation: 'Structure' } as const;

export const volunteerLabels: Record<(typeof volunteerAnswers)[number], string> = { yes: 'Oui', maybe: 'Peut-être', no: 'Non' };

export const paymentLabels: Record<(typeof paymentMethods)[number], string> = {
  direct_debit: 'Prélèvement',
  cheque: 'Chèque',
  transfer: 'Virement',
  cash: 'Espèces',
  card: 'Carte bancaire',
  voucher: 'Bons ou tickets',
};

/** A mode of payment as people say it; another tool's own word stays as it is. */
export const sayPayment = (method: string | null): string =>
  (method && paymentLabels[method as keyof typeof paymentLabels]) || method || '';

export const fieldLabels: Record<keyof CustomerValues, string> = {
  number: 'Numéro',
  kind: 'Type',
  civility: 'Civilité',
  lastName: 'Nom',
  firstName: 'Prénom',
  address: 'Adresse',
  postcode: 'Code postal',
  city: 'Ville',
  phone: 'Téléphone',
  email: 'E-mail',
  category: 'Catégorie',
  volunteer: 'Bénévole',
  paymentMethod: 'Mode de règlement',
  notes: 'Notes',
};

/** A value of the form as people read it. */
export function sayField(field: keyof CustomerValues, value: unknown): string {
  if (value === null || value === undefined || value === '') return 'rien';
  if (field === 'kind') return kindLabels[value as keyof typeof kindLabels] ?? String(value);
  if (field === 'volunteer') return volunteerLabels[value as keyof typeof volunteerLabels] ?? String(value);
  if (field === 'paymentMethod') return sayPayment(String(value));
  return String(value);
}

/** « Mme Lamy Pierre »: the family name first, as on every list of the garden. */
export const sayName = (customer: { lastName: string; firstName: string }): string => `${customer.lastName} ${customer.firstName}`.trim();

const day = (value: unknown) => shortDay(String(value));
const euros = (value: unknown) => formatEuros(Number(value));

/** How the trail of these tables is told. */
export const customerTrail: Record<string, TableLabels> = {
  customer: {
    name: 'Fiche du client',
    right: 'customers:read',
    columns: {
      number: { label: 'Numéro' },
      kind: { label: 'Type', say: (value) => sayField('kind', value) },
      civility: { label: 'Civilité' },
      last_name: { label: 'Nom' },
      first_name: { label: 'Prénom' },
      address: { label: 'Adresse' },
      postcode: { label: 'Code postal' },
      city: { label: 'Ville' },
      phone: { label: 'Téléphone' },
      email: { label: 'E-mail' },
      category: { label: 'Catégorie' },
      volunteer: { label: 'Bénévole', say: (value) => sayField('volunteer', value) },
      payment_method: { label: 'Mode de règlement', say: (value) => sayPayment(value as string | null) },
      notes: { label: 'Notes' },
      opening_balance_cents: { label: 'Solde repris', say: euros, right: 'billing:read' },
      membership_dispensed: { label: 'Dispensé d’adhésion', say: (value) => (value === true ? 'oui' : 'non') },
      debt_allowed_until: { label: 'Paniers préparés malgré un retard, jusqu’au', say: day },
      archived_at: { label: 'Archivé', say: (value) => (value ? 'oui' : 'non'), empty: 'non' },
    },
  },
  membership: {
    name: 'Adhésion',
    right: 'customers:read',
    columns: {
      starts_on: { label: 'Du', say: day },
      ends_on: { label: 'Au', say: day },
      amount_cents: { label: 'Montant', say: euros },
    },
  },
  mandate: {
    name: 'Mandat de prélèvement',
    right: 'billing:read',
    columns: {
      reference: { label: 'Référence (RUM)' },
      iban: { label: 'IBAN', say: (value) => maskIban(String(value)) },
      bic: { label: 'BIC' },
      signed_on: { label: 'Signé le', say: day },
      ended_on: { label: 'Terminé le', say: day },
      end_reason: { label: 'Raison de la fin' },
      evidence: { label: 'Preuve', say: (value) => (value === 'online' ? 'accord en ligne' : 'papier signé') },
      evidence_note: { label: 'Message d’accord' },
      once: { label: 'Pour un seul prélèvement', say: (value) => (value === true ? 'oui' : 'non') },
    },
  },
};

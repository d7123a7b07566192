import { type Day, sayDayAndYear } from '#kernel/day.ts';
import { formatEuros } from '#kernel/money.ts';
import type { TableLabels } from '#platform/audit/say.ts';
import { accountLabels, batchStates, lineStates, refundStates } from './labels.ts';
import { maskAccount } from './rules/account.ts';
import { reasonOf } from './rules/reasons.ts';

const has = <K extends string>(labels: Record<K, unknown>, value: unknown): value is K => String(value) in labels;
const euros = (value: unknown) => formatEuros(Number(value));
const day = (value: unknown) => sayDayAndYear(value as Day);
const yes = () => 'oui';

/** How the trail of the garden's accounts, debits and refunds is told. */
export const debitTrail: Record<string, TableLabels> = {
  bank_account: {
    name: 'Compte bancaire',
    right: 'payments:read',
    columns: {
      name: { label: accountLabels.name },
      holder: { label: accountLabels.holder },
      iban: { label: accountLabels.iban, say: (value) => maskAccount(String(value)) },
      bic: { label: accountLabels.bic },
      creditor_identifier: { label: accountLabels.creditorIdentifier },
      account: { label: accountLabels.account },
      archived_at: { label: 'Archivé', say: yes, empty: 'non' },
    },
  },
  mandate_change: {
    name: 'Changement d’un mandat',
    right: 'payments:read',
    columns: {
      day: { label: 'Date', say: day },
      former_iban: { label: 'Ancien compte', say: (value) => maskAccount(String(value)) },
      former_reference: { label: 'Ancienne référence' },
      former_creditor: { label: 'Ancien identifiant du jardin' },
    },
  },
  debit_batch: {
    name: 'Prélèvement',
    right: 'payments:read',
    columns: {
      name: { label: 'Nom' },
      due_on: { label: 'Jour', say: day },
      state: { label: 'État', say: (value) => (has(batchStates, value) ? batchStates[value].says : String(value)) },
      message_id: { label: 'Référence du fichier' },
      notified_at: { label: 'Clients prévenus', say: yes, empty: 'non' },
      confirmed_on: { label: 'Argent arrivé', say: day },
    },
  },
  debit_line: {
    name: 'Ligne de prélèvement',
    right: 'payments:read',
    columns: {
      amount_cents: { label: 'Montant', say: euros },
      remittance: { label: 'Pour' },
      state: { label: 'État', say: (value) => (has(lineStates, value) ? lineStates[value].says : String(value)) },
      reason_code: { label: 'Raison du rejet', say: (value) => reasonOf(String(value)).says },
      notified_at: { label: 'Prévenu', say: yes, empty: 'non' },
    },
  },
  transfer_batch: {
    name: 'Remboursements',
    right: 'payments:read',
    columns: {
      name: { label: 'Nom' },
      execute_on: { label: 'Jour', say: day },
      state: { label: 'État', say: (value) => (has(refundStates, value) ? refundStates[value].says : String(value)) },
      message_id: { label: 'Référence du fichier' },
      confirmed_on: { label: 'Faits le', say: day },
    },
  },
};

import { type Day, sayDayAndYear } from '#kernel/day.ts';
import { formatEuros } from '#kernel/money.ts';
import type { TableLabels } from '#platform/audit/say.ts';
import { kindLabels, methodLabels, paymentLabels, slipStates, stateLabels } from './labels.ts';

const has = <K extends string>(labels: Record<K, unknown>, value: unknown): value is K => String(value) in labels;
const euros = (value: unknown) => formatEuros(Number(value));
const dayOf = (value: unknown) => sayDayAndYear(value as Day);

/** How the trail of payments, ways of paying, slips and days of market is told. */
export const paymentTrail: Record<string, TableLabels> = {
  payment: {
    name: 'Encaissement',
    right: 'payments:read',
    columns: {
      amount_cents: { label: paymentLabels.amount, say: euros },
      day: { label: paymentLabels.day, say: dayOf },
      state: { label: 'État', say: (value) => (has(stateLabels, value) ? stateLabels[value].one : String(value)) },
      reference: { label: paymentLabels.reference },
      bank: { label: paymentLabels.bank },
      note: { label: paymentLabels.note },
      rejected_on: { label: 'Rejeté le', say: dayOf },
      reason: { label: paymentLabels.reason },
    },
  },
  payment_method: {
    name: 'Moyen de paiement',
    right: 'payments:read',
    columns: {
      name: { label: methodLabels.name },
      kind: { label: methodLabels.kind, say: (value) => (has(kindLabels, value) ? kindLabels[value] : String(value)) },
      account: { label: methodLabels.account },
      remitted: { label: methodLabels.remitted, say: (value) => (value === true ? 'oui' : 'non') },
      position: { label: methodLabels.position },
      archived_at: { label: 'Archivé', say: () => 'oui', empty: 'non' },
    },
  },
  remittance: {
    name: 'Remise',
    right: 'payments:read',
    columns: {
      day: { label: 'Date', say: dayOf },
      total_cents: { label: 'Total', say: euros },
      payments: { label: 'Règlements' },
      state: { label: 'État', say: (value) => (has(slipStates, value) ? slipStates[value].one : String(value)) },
      deposited_on: { label: 'Déposée le', say: dayOf },
    },
  },
  taking: {
    name: 'Marché',
    right: 'payments:read',
    columns: {
      day: { label: 'Date', say: dayOf },
      place: { label: 'Lieu' },
      total_cents: { label: 'Total', say: euros },
      note: { label: 'Remarque' },
      reversed_at: { label: 'Annulé', say: () => 'oui', empty: 'non' },
    },
  },
};

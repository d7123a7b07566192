import { formatEuros } from '#kernel/money.ts';
import type { TableLabels } from '#platform/audit/say.ts';
import type { Confidence } from './rules/proposal.ts';
import type { BankFormat } from './rules/statement.ts';

/** French names of the bank's lines and files. */

type Tone = 'neutral' | 'good' | 'attention' | 'danger' | 'info';

export const lineStates: Record<'open' | 'matched' | 'ignored', { one: string; tone: Tone }> = {
  open: { one: 'À traiter', tone: 'attention' },
  matched: { one: 'Rapprochée', tone: 'good' },
  ignored: { one: 'Mise de côté', tone: 'neutral' },
};

export const confidenceLabels: Record<Confidence, { one: string; tone: Tone }> = {
  sure: { one: 'Sûr', tone: 'good' },
  likely: { one: 'Probable', tone: 'info' },
  possible: { one: 'Possible', tone: 'neutral' },
};

export const formatLabels: Record<BankFormat, string> = {
  'camt.053': 'Relevé de compte (camt.053)',
  'camt.054': 'Avis d’opérations (camt.054)',
  csv: 'Tableau (CSV ou Excel)',
};

/** What accepting a line did. */
export const actLabels: Record<string, string> = {
  linked: 'Reliée à ce qui était déjà noté',
  recorded: 'Encaissement enregistré',
  paid: 'Paiement attendu noté comme reçu',
  confirmed: 'Confirmé',
  rejected: 'Prélèvement rejeté',
  deposited: 'Remise déposée',
  posted: 'Passée en comptabilité',
};

type Became = {
  act: string;
  payer: string;
  batchName: string;
  slipNumber: number | null;
  postedTo: string;
  amount: number;
  returnReason: string;
};

/** What a line turned out to be, in a few words: « Rejet, Blanc Zoé », « Remise n° 17 ». */
export function sayBecame({ act, payer, batchName, slipNumber, postedTo, amount, returnReason }: Became): string {
  if (slipNumber !== null) return `Remise n° ${slipNumber}`;
  if (batchName) return batchName;
  if (postedTo) return postedTo;
  if (!payer) return actLabels[act] ?? '';
  return act === 'rejected' || returnReason ? `Rejet, ${payer}` : amount < 0 && act !== 'linked' ? `Remboursement, ${payer}` : payer;
}

/** How the trail of the bank's lines is told. */
export const bankTrail: Record<string, TableLabels> = {
  bank_line: {
    name: 'Ligne de la banque',
    right: 'payments:read',
    columns: {
      label: { label: 'Libellé' },
      counterparty: { label: 'Contrepartie' },
      amount_cents: { label: 'Montant', say: (value) => formatEuros(Number(value)) },
      state: { label: 'État', say: (value) => lineStates[value as keyof typeof lineStates].one },
      act: { label: 'Ce qui a été fait', say: (value) => actLabels[String(value)] ?? String(value) },
      note: { label: 'Remarque' },
    },
  },
};

import type { MandateState } from './rules/mandate.ts';

type Said = { says: string; tone: 'neutral' | 'good' | 'attention' | 'danger' | 'info' };

export const batchStates: Record<'draft' | 'sent' | 'confirmed' | 'undone', Said> = {
  draft: { says: 'en préparation', tone: 'info' },
  sent: { says: 'chez la banque', tone: 'attention' },
  confirmed: { says: 'argent arrivé', tone: 'good' },
  undone: { says: 'annulé', tone: 'neutral' },
};

export const lineStates: Record<'pending' | 'confirmed' | 'rejected' | 'removed', Said> = {
  pending: { says: 'à prélever', tone: 'info' },
  confirmed: { says: 'reçu', tone: 'good' },
  rejected: { says: 'rejeté', tone: 'danger' },
  removed: { says: 'mis de côté', tone: 'neutral' },
};

export const mandateStateLabels: Record<MandateState | 'lapsing', Said> = {
  active: { says: 'en cours', tone: 'good' },
  lapsing: { says: 'bientôt caduc', tone: 'attention' },
  lapsed: { says: 'caduc', tone: 'danger' },
  ended: { says: 'terminé', tone: 'neutral' },
};

export const evidenceLabels = { '': 'Aucune', paper: 'Papier signé', online: 'Accord en ligne' } as const;

export const refundStates: typeof batchStates = {
  ...batchStates,
  confirmed: { says: 'faits', tone: 'good' },
  undone: { says: 'annulés', tone: 'neutral' },
};

export const accountLabels = {
  name: 'Nom du compte',
  holder: 'Titulaire',
  iban: 'IBAN',
  bic: 'BIC',
  creditorIdentifier: 'Identifiant créancier (ICS)',
  account: 'Compte comptable',
};

export const mandateLabels = {
  reference: 'Référence (RUM)',
  iban: 'IBAN',
  bic: 'BIC',
  signedOn: 'Signé le',
  scheme: 'Type de mandat',
  once: 'Pour un seul prélèvement',
  evidence: 'Preuve de la signature',
  evidenceNote: 'Message d’accord',
  scan: 'Scan ou photo du mandat signé',
  endedOn: 'Dernier jour',
  reason: 'Raison',
  bank: 'Banque',
};

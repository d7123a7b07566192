import type { TableLabels } from '#platform/audit/say.ts';
import type { Progress, ReferralState } from './rules/referral.ts';

/** French words for people who are helped, and for those who send them. */

type Said = { label: string; tone: 'neutral' | 'good' | 'attention' | 'info' };

export const prescriberKinds = {
  ccas: 'CCAS ou CIAS',
  social: 'Service social, travailleur social',
  grocery: 'Épicerie solidaire, aide alimentaire',
  student: 'Service étudiant (Crous, université)',
  association: 'Association',
  other: 'Autre structure',
} as const;
export type PrescriberKind = keyof typeof prescriberKinds;

export const affiliations = { caf: 'CAF', msa: 'MSA', '': 'Ni l’une ni l’autre, ou je ne sais pas' } as const;
export type Affiliation = keyof typeof affiliations;

/** What was looked at; it is not kept. */
export const proofs = {
  income: 'Quotient familial ou avis d’impôt',
  benefit: 'Attestation de droits (RSA, ASS, AAH, minimum vieillesse…)',
  student: 'Carte d’étudiant et bourse',
  judged: 'Évaluation de la situation par un travailleur social',
} as const;
export type Proof = keyof typeof proofs;

export const stateLabels: Record<ReferralState, Said> = {
  sent: { label: 'À traiter', tone: 'attention' },
  waiting: { label: 'Liste d’attente', tone: 'info' },
  accepted: { label: 'Acceptée', tone: 'good' },
  refused: { label: 'Refusée', tone: 'neutral' },
  withdrawn: { label: 'Retirée', tone: 'neutral' },
};

export const progressLabels: Record<Progress, Said> = {
  received: { label: 'Reçue', tone: 'info' },
  waiting: { label: 'En liste d’attente', tone: 'info' },
  accepted: { label: 'Acceptée', tone: 'good' },
  began: { label: 'Commencée', tone: 'good' },
  ended: { label: 'Terminée', tone: 'neutral' },
  refused: { label: 'Pas possible', tone: 'neutral' },
  withdrawn: { label: 'Retirée', tone: 'neutral' },
};

/** « 3 personnes » */
export const sayHousehold = (size: number | null): string => (size === null ? 'non dit' : size === 1 ? '1 personne' : `${size} personnes`);

export const prescriberTrail: TableLabels = {
  name: 'Prescripteur',
  right: 'solidarity:read',
  columns: {
    name: { label: 'Nom' },
    kind: { label: 'Structure', say: (value) => prescriberKinds[value as PrescriberKind] ?? String(value) },
    city: { label: 'Commune', empty: 'non dite' },
  },
};

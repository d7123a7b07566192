import { addDays, type Day } from '#kernel/day.ts';
import { type Progress, type ReferralState, TOLD_AHEAD_DAYS } from './rules/referral.ts';

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

type StayDays = { startsOn: Day; endsOn: Day; ended: boolean; renewed: boolean; asked: number | null; told: boolean };

/** How far a stay is, in a word. */
export function stayBadge({ startsOn, endsOn, ended, renewed, asked, told }: StayDays, today: Day): Said {
  if (asked !== null) return { label: 'Renouvellement demandé', tone: 'attention' };
  if (today > endsOn) return { label: renewed ? 'Renouvelé' : 'Terminé', tone: 'neutral' };
  if (ended) return { label: 'S’arrête avant le terme', tone: 'neutral' };
  if (today < startsOn) return { label: 'À venir', tone: 'info' };
  if (renewed) return { label: 'En cours, renouvelé', tone: 'good' };
  if (today < addDays(endsOn, -TOLD_AHEAD_DAYS)) return { label: 'En cours', tone: 'good' };
  return told ? { label: 'Terme proche, prévenue', tone: 'info' } : { label: 'Terme proche, à prévenir', tone: 'attention' };
}

/** What was agreed for after the term. */
export const nextLabels = {
  ends: 'Les paniers s’arrêtent',
  ordinary: 'Les paniers continuent au prix de tous',
  renewal: 'On en reparle avant la fin',
} as const;

/** What was opened, as the list of readings tells it. */
export const subjectLabels = {
  referral: 'Une orientation',
  path: 'Un parcours',
  programme: 'Un programme',
  funder: 'Un financeur',
  claim: 'Une demande de paiement',
  report: 'Le bilan',
} as const;
export const subjectLists = {
  referral: 'La liste des orientations',
  path: 'La liste des personnes',
  programme: 'Les programmes',
  funder: 'Les financeurs',
  claim: 'Les demandes de paiement',
  report: 'Le bilan',
} as const;

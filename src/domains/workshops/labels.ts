import { shortDay } from '#kernel/day.ts';
import { formatEuros } from '#kernel/money.ts';
import type { TableLabels } from '#platform/audit/say.ts';
import type { FeeWay } from './rules/participation.ts';
import type { Standing } from './rules/workshop.ts';

export const kinds = ['cooking', 'preserving', 'gardening', 'nutrition', 'other'] as const;
export type Kind = (typeof kinds)[number];

export const kindLabels: Record<Kind, string> = {
  cooking: 'Cuisine',
  preserving: 'Conserves',
  gardening: 'Jardinage',
  nutrition: 'Bien manger',
  other: 'Rencontre',
};

/** Drawings of the house (Picture). */
export const kindEmojis: Record<Kind, string> = { cooking: '🍅', preserving: '🥒', gardening: '🥕', nutrition: '🥬', other: '🍎' };

export const standingLabels: Record<Standing, string> = {
  draft: 'brouillon',
  cancelled: 'annulé',
  past: 'passé',
  closed: 'inscriptions closes',
  full: 'complet',
  open: 'ouvert',
};
export const standingTones = {
  draft: 'neutral',
  cancelled: 'danger',
  past: 'neutral',
  closed: 'attention',
  full: 'attention',
  open: 'good',
} as const satisfies Record<Standing, string>;

export const stateLabels = { enrolled: 'inscrit', waiting: 'en attente', withdrawn: 'désinscrit' } as const;

/** How people are asked for their part. */
export const feeWayLabels: Record<FeeWay, string> = {
  on_spot: 'Réglée sur place',
  enrolled: 'Sur la facture, dès l’inscription',
  attended: 'Sur la facture de ceux qui sont venus',
};

/** « 5 € par personne, à régler sur place », « 5 € par personne, sur votre facture », or « Gratuit ». */
export const sayFee = ({ fee, feeBilled }: { fee: number; feeBilled: FeeWay }): string =>
  fee ? `${formatEuros(fee)} par personne, ${feeBilled === 'on_spot' ? 'à régler sur place' : 'sur votre facture'}` : 'Gratuit';
export const sayAgreement = (agreed: boolean | null): string => (agreed === null ? 'pas dit' : agreed ? 'oui' : 'non');

const yes = (value: unknown) => (value ? 'oui' : 'non');
const hour = (value: unknown) => String(value).slice(0, 5);
const euros = (value: unknown) => formatEuros(Number(value));

/** How the trail of workshops is told. Names and telephone numbers of guests are not in it. */
export const workshopTrail: Record<string, TableLabels> = {
  workshop: {
    name: 'Atelier',
    right: 'workshops:read',
    columns: {
      title: { label: 'Titre' },
      kind: { label: 'Thème', say: (value) => kindLabels[value as Kind] ?? String(value) },
      description: { label: 'Présentation' },
      day: { label: 'Jour', say: (value) => shortDay(String(value)) },
      from_time: { label: 'De', say: hour },
      until_time: { label: 'À', say: hour },
      place: { label: 'Lieu' },
      address: { label: 'Adresse' },
      seats: { label: 'Places' },
      enrol_until: { label: 'Inscriptions jusqu’au', say: (value) => shortDay(String(value)) },
      fee_cents: { label: 'Participation', say: euros },
      cost_cents: { label: 'Coût', say: euros },
      funder: { label: 'Payé par' },
      fee_billed: { label: 'Participation demandée', say: (value) => feeWayLabels[value as FeeWay] ?? String(value) },
      fee_vat_basis_points: { label: 'TVA de la participation', say: (value) => `${Number(value) / 100} %` },
      funder_id: { label: 'Financeur à qui demander', say: yes, empty: 'non' },
      claim_id: { label: 'Demandé au financeur', say: yes, empty: 'non' },
      published: { label: 'Montré', say: yes },
      cancelled_at: { label: 'Annulé', say: yes, empty: 'non' },
      cancel_reason: { label: 'Raison' },
    },
  },
  workshop_enrolment: {
    name: 'Inscription à un atelier',
    right: 'workshops:read',
    columns: {
      seats: { label: 'Personnes' },
      state: { label: 'État', say: (value) => stateLabels[value as keyof typeof stateLabels] ?? String(value) },
      came: { label: 'Présents' },
      withdrawn_on: { label: 'Désinscrit le', say: (value) => shortDay(String(value)) },
      photos_agreed: { label: 'D’accord pour les photos', say: yes },
    },
  },
  workshop_photo: { name: 'Photo d’un atelier', right: 'workshops:read', columns: { alt: { label: 'Ce qu’on y voit' } } },
};

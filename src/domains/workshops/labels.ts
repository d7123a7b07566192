import { shortDay } from '#kernel/day.ts';
import { formatEuros } from '#kernel/money.ts';
import type { TableLabels } from '#platform/audit/say.ts';
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

/** « 5 € par personne, à régler sur place », or « Gratuit ». */
export const sayFee = (cents: number): string => (cents ? `${formatEuros(cents)} par personne, à régler sur place` : 'Gratuit');
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
      photos_agreed: { label: 'D’accord pour les photos', say: yes },
    },
  },
  workshop_photo: { name: 'Photo d’un atelier', right: 'workshops:read', columns: { alt: { label: 'Ce qu’on y voit' } } },
};

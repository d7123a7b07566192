import type { Kind } from './rules/event.ts';

export const kindLabels: Record<Kind, string> = {
  service: 'Indispensable',
  reminder: 'Rappel',
  news: 'Nouvelles du jardin',
};

/** What customers may choose to receive or not. */
export const preferenceLabels = { reminder: 'Les rappels de panier', news: 'Les nouvelles du jardin' } as const;
export type Refusable = keyof typeof preferenceLabels;

export const stateLabels = {
  waiting: 'En attente',
  sent: 'Envoyé',
  failed: 'Échec',
  bounced: 'Revenu',
  unsent: 'Pas envoyé',
} as const;
export type State = keyof typeof stateLabels;
export const stateTones: Record<State, 'neutral' | 'good' | 'attention' | 'danger'> = {
  waiting: 'neutral',
  sent: 'good',
  failed: 'danger',
  bounced: 'danger',
  unsent: 'attention',
};

export const channelLabels = { mail: 'E-mail', sms: 'SMS' } as const;
export type Channel = keyof typeof channelLabels;

export const groupStates = {
  draft: { label: 'Brouillon', tone: 'info' },
  sent: { label: 'Envoyé', tone: 'good' },
  stopped: { label: 'Arrêté', tone: 'attention' },
} as const;

export const groupKinds = {
  news: { label: 'Des nouvelles du jardin', hint: 'Pas à ceux qui n’en veulent plus. Chacun peut se désabonner d’un clic.' },
  service: { label: 'Une information indispensable', hint: 'À tous : un changement de jour, une fermeture, une consigne de retrait.' },
} as const;

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

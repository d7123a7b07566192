import { formatEuros } from '#kernel/money.ts';
import type { RenewalState } from './rules/renewal.ts';

/** Where subscriptions that end stand, in French. */
export const renewalLabels: Record<RenewalState, { one: string; many: string; tone: 'good' | 'attention' | 'info' | 'neutral' }> = {
  to_ask: { one: 'à relancer', many: 'À relancer', tone: 'attention' },
  tacit: { one: 'tacite reconduction', many: 'En tacite reconduction', tone: 'info' },
  followed: { one: 'suivi d’un autre', many: 'Suivis d’un autre abonnement', tone: 'neutral' },
  renewed: { one: 'renouvelé', many: 'Renouvelés', tone: 'good' },
  terminated: { one: 'résilié', many: 'Résiliés', tone: 'neutral' },
};

/** « 13,80 € », or « 13,80 € → 14,10 € ». */
export const sayPrices = (was: number, becomes: number): string =>
  was === becomes ? formatEuros(was) : `${formatEuros(was)} → ${formatEuros(becomes)}`;

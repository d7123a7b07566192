import { type Cents, formatEuros } from '#kernel/money.ts';

/** An amount in its column; nothing when there is none. */
export const shown = (cents: Cents): string => (cents === 0 ? '' : formatEuros(cents));

/** A signed balance on its side: « 12,00 € débiteur ». */
export const sided = (cents: Cents): string =>
  cents === 0 ? 'soldé' : `${formatEuros(Math.abs(cents))} ${cents > 0 ? 'débiteur' : 'créditeur'}`;

/** An amount in integer euro cents. Nothing else is stored; exact decimals live only inside a computation. */
export type Cents = number;

const euros = new Intl.NumberFormat('fr-FR', { style: 'currency', currency: 'EUR' });

/** 1380 → « 13,80 € » */
export const formatEuros = (cents: Cents): string => euros.format(cents / 100);

/**
 * « 13,80 », « 1 234.5 », « -13,80 € » → cents, or null when it is not an amount with at most two decimals.
 * Both decimal signs are read; a thousands separator only where it cannot be mistaken for one.
 */
export function parseEuros(text: string): Cents | null {
  const bare = text.replace(/[\s\u00a0\u202f€]/g, '').replace('−', '-');
  const match = /^([+-]?)(\d{1,9}|\d{1,3}(?:\.\d{3})+(?=,)|\d{1,3}(?:,\d{3})+(?=\.))(?:[.,](\d{1,2}))?$/.exec(bare);
  if (!match) return null;
  const whole = Number(match[2]?.replace(/[.,]/g, ''));
  const cents = whole * 100 + Number((match[3] ?? '0').padEnd(2, '0'));
  return match[1] === '-' && cents !== 0 ? -cents : cents;
}

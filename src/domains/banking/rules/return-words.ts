import { reasonChoices } from './reasons.ts';

/** What labels of returns say, in the files (CSV) that give no code. The first found holds. */
const words: [RegExp, string][] = [
  [/provision|solde insuffisant|insuffisance/, 'AM04'],
  [/compte (clos|cloture|ferme|solde)/, 'AC04'],
  [/compte bloque/, 'AC06'],
  [/(iban|coordonnees|rib|compte) (inexact|errone|incorrect|inconnu|invalide)/, 'AC01'],
  [/deces|decede/, 'MD07'],
  [/(absence|pas|sans|defaut) (de |d )?mandat/, 'MD01'],
  [/contest|reclam|desaccord|rembours/, 'MD06'],
  [/opposition|refus|revocation|revoque/, 'MS02'],
];
const codes = new Set(reasonChoices.map(({ code }) => code));

/** Whether a label tells of a cheque that came back: « CHEQUE IMPAYE 0012345 ». What the bank takes for it is not the cheque itself. @param folded as `fold` gives it. */
export const chequeBack = (folded: string): boolean => /\b(cheques?|chqs?)\b/.test(folded) && reasonIn(folded) !== '';

/**
 * A code read in the label of a payment that came back, MS03 when it says no more than that; '' when it speaks of nothing of the kind.
 * @param folded the label, as `fold` gives it.
 */
export function reasonIn(folded: string): string {
  // What the bank takes for it is not the debit itself.
  if (/\b(frais|commissions?|comm)\b/.test(folded)) return '';
  if (!/\b(rejets?|impayes?|retours?|rejete|retourne)\b/.test(folded)) return '';
  const code = folded
    .toUpperCase()
    .split(' ')
    .find((word) => codes.has(word));
  return code ?? words.find(([pattern]) => pattern.test(folded))?.[1] ?? 'MS03';
}

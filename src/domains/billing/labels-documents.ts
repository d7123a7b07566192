import type { DocumentKind } from './rules/numbers.ts';

export const documentKinds: Record<DocumentKind, string> = { invoice: 'Facture', credit_note: 'Avoir' };

/** Rates of VAT in use in metropolitan France and overseas, in basis points. */
export const vatRates = [0, 210, 550, 850, 1000, 2000] as const;

export const sendingWays = { mail: 'par e-mail', print: 'imprimé' } as const;

export const months = [
  ...['janvier', 'février', 'mars', 'avril', 'mai', 'juin'],
  ...['juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'],
].map((label, at) => ({ value: String(at + 1).padStart(2, '0'), label: label.charAt(0).toUpperCase() + label.slice(1) }));

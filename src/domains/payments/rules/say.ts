import type { MethodKind } from './states.ts';

/** What an entry and a page call a payment: « Chèque n° 0012345, Martin Claire ». */
export type Said = { method: string; kind: MethodKind; direction: 'in' | 'out'; reference: string; payer: string };

export function sayPayment({ method, kind, direction, reference, payer }: Said): string {
  const what = direction === 'out' ? `Remboursement par ${method.toLocaleLowerCase('fr')}` : method;
  const number = reference ? ` ${kind === 'cheque' && /^\d/.test(reference) ? 'n° ' : ''}${reference}` : '';
  return [`${what}${number}`, payer].filter(Boolean).join(', ');
}

/** How the ledger names the piece of a payment: « R45 ». */
export const pieceOf = (payment: number): string => `R${payment}`;

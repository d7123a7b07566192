/** An invoice, or a credit note: what a document is when its lines add up to less than nothing. */
export type DocumentKind = 'invoice' | 'credit_note';

export const kindOf = (gross: number): DocumentKind => (gross < 0 ? 'credit_note' : 'invoice');

const letters: Record<DocumentKind, string> = { invoice: 'F', credit_note: 'A' };

/** F2025-00012, A2025-00003: by kind and year, without gaps (article 242 nonies A, I-7° de l'annexe II du CGI). */
export const documentNumber = (kind: DocumentKind, year: number, sequence: number): string =>
  `${letters[kind]}${year}-${String(sequence).padStart(5, '0')}`;

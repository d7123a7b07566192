import { saySiret } from '#domains/gardens/rules/legal.ts';

export { lineDetail, sayPeriod, sayQuantity, sayRate, sayUnitPrice } from '../labels-documents.ts';

import type { DocumentSheet, Letterhead } from './model.ts';

export const kindTitles = { invoice: 'Facture', credit_note: 'Avoir', pro_forma: 'Facture pro forma' } as const;

export const town = ({ postcode, city }: { postcode: string; city: string }): string => `${postcode} ${city}`.trim();

/** Numbers under which the garden is known, on one line. */
export const identity = ({ siret, rna, vatNumber }: Letterhead): string =>
  [siret && `SIRET ${saySiret(siret)}`, rna && `RNA ${rna}`, vatNumber && `TVA ${vatNumber}`].filter(Boolean).join(' · ');

/** What the law and the garden want said, for who receives it. */
export function mentionsOf({ letterhead, recipient, kind }: Pick<DocumentSheet, 'letterhead' | 'recipient' | 'kind'>): string[] {
  const { everybody, organisations } = letterhead.mentions;
  // A credit note asks for no payment: only what is said of VAT holds for it.
  const said = kind === 'credit_note' ? everybody.filter((text) => text.includes('CGI')) : everybody;
  const more = recipient.kind === 'organisation' && kind !== 'credit_note' ? organisations : [];
  return [...said, ...more, ...(letterhead.footer ? [letterhead.footer] : [])];
}

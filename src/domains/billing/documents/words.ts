import { saySiret } from '#domains/gardens/rules/legal.ts';
import { type Day, shortDay } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import type { DocumentSheet, Letterhead, SheetLine } from './model.ts';

const quantity = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 3 });
const rate = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 2 });
const price = new Intl.NumberFormat('fr-FR', { style: 'currency', currency: 'EUR', minimumFractionDigits: 2, maximumFractionDigits: 4 });
const minus = (text: string) => text.replace('-', '−');

/** 4000 → « 4 », -1500 → « −1,5 ». */
export const sayQuantity = (thousandths: number): string => minus(quantity.format(thousandths / 1000));
/** 550 → « 5,5 % ». */
export const sayRate = (basisPoints: number): string => `${rate.format(basisPoints / 100)} %`;

/** The price of one, with VAT or without: the one that was not entered has up to four decimals, since it is told and not counted with. */
export function sayUnitPrice({ unitPrice, vatBasisPoints, vatIncluded }: SheetLine, withVat: boolean): string {
  const entered: Cents = unitPrice;
  const factor = 1 + vatBasisPoints / 10_000;
  const shown = withVat === vatIncluded ? entered : withVat ? entered * factor : entered / factor;
  return minus(price.format(shown / 100));
}

export const kindTitles = { invoice: 'Facture', credit_note: 'Avoir', pro_forma: 'Facture pro forma' } as const;

/** « livraisons du 01/10/2025 au 31/10/2025 », « livraison du … », or nothing. */
export function sayPeriod(from: Day | null, until: Day | null): string {
  if (!from && !until) return '';
  if (!from || !until || from === until) return `livraison du ${shortDay((from ?? until)!)}`;
  return `livraisons du ${shortDay(from)} au ${shortDay(until)}`;
}

/** Beneath the label of a line: its detail, and the deliveries that it is about. */
export const lineDetail = ({ detail, from, until }: SheetLine): string => [detail, sayPeriod(from, until)].filter(Boolean).join(' · ');

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

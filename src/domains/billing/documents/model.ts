import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import type { LineKind } from '../rules/draft.ts';
import type { Mentions } from '../rules/mentions.ts';
import type { DocumentKind } from '../rules/numbers.ts';

/** The garden as its documents name it, kept with them. */
export type Letterhead = {
  name: string;
  legalForm: string;
  address: string;
  postcode: string;
  city: string;
  phone: string;
  email: string;
  siret: string;
  rna: string;
  vatNumber: string;
  accent: string;
  footer: string;
  mentions: Mentions;
};

/** A customer as documents name it. */
export type Recipient = {
  number: string;
  kind: 'person' | 'organisation';
  name: string;
  address: string;
  postcode: string;
  city: string;
  email: string;
};

export type SheetLine = {
  kind: LineKind;
  label: string;
  detail: string;
  /** Thousandths. */
  quantity: number;
  unitPrice: Cents;
  vatBasisPoints: number;
  vatIncluded: boolean;
  net: Cents;
  vat: Cents;
  gross: Cents;
  from: Day | null;
  until: Day | null;
};

/** What is drawn of an invoice, a credit note, or of an invoice that was not issued (pro forma: no number). */
export type DocumentSheet = {
  kind: DocumentKind | 'pro_forma';
  number: string;
  day: Day;
  dueOn: Day;
  title: string;
  note: string;
  /** The number of the document that it credits. */
  credits: string | null;
  letterhead: Letterhead;
  recipient: Recipient;
  lines: SheetLine[];
};

/** What was handed over, without prices: to be signed by who receives it. */
export type DeliveryNote = {
  letterhead: Letterhead;
  recipient: Recipient;
  from: Day;
  until: Day;
  editedOn: Day;
  /** `missing`: how many of them were not handed over. */
  baskets: { day: Day; product: string; quantity: number; depot: string; missing: number }[];
};

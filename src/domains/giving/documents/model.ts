import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import type { DonorKind, Nature } from '../rules/eligibility.ts';

/** All that a tax receipt says, kept with it as it was on the day it was made. */
export type ReceiptContent = {
  /** The model it follows: « 11580*05 ». */
  form: string;
  kind: DonorKind;
  /** Of the CGI: « 200 », « 238 bis », « 978 ». */
  articles: string[];
  garden: {
    name: string;
    legalForm: string;
    siren: string;
    rna: string;
    address: string;
    postcode: string;
    city: string;
    accent: string;
    /** What it is before the law, in words; its object; what the tax office answered. */
    body: string;
    object: string;
    ruling: string;
  };
  donor: {
    lastName: string;
    firstName: string;
    legalForm: string;
    siren: string;
    address: string;
    postcode: string;
    city: string;
  };
  gifts: {
    id: number;
    day: Day;
    cents: Cents;
    nature: Nature;
    means: 'cash' | 'cheque' | 'transfer' | null;
    label: string;
    valuation: string;
  }[];
  cents: Cents;
  /** The amount in letters. */
  words: string;
  signer: string;
  signerTitle: string;
};

/** A receipt about to be drawn. */
export type ReceiptSheet = ReceiptContent & {
  number: string;
  day: Day;
  /** It was handed over before: what is printed now says so. */
  duplicate: boolean;
  /** When it was cancelled, and by which one. */
  cancelled: { day: Day; by: string | null } | null;
  /** The number of the one that it takes the place of. */
  replaces: string | null;
};

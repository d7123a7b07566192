import type { Day, Weekday } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';

/** What a file may hold. The order is the one of import: each may refer to those before it. */
export const kinds = ['tours', 'depots', 'products', 'calendar', 'customers', 'subscriptions', 'requests'] as const;
export type Kind = (typeof kinds)[number];

/** Kinds recognised in order to say that they are not imported yet. */
export type IgnoredKind = 'composition';
export type RecognisedKind = Kind | IgnoredKind;

/** Field key → name of the column that holds it. Fields without a column are absent. */
export type Mapping = Record<string, string>;

/** What the file itself does not say. */
export type Context = { year: number };

export type Line<T> = { line: number; value: T };
/** `reason` is a French sentence, or several, for the person who will mend the line. */
export type Rejected = { line: number; reason: string };
export type Read<T> = { lines: Line<T>[]; rejected: Rejected[] };

/** Texts are trimmed and empty when absent; `null` means the file says nothing. Money is in cents, rates in basis points (5,5 % = 550). */
export type ImportedTour = {
  code: string;
  name: string;
  /** The delivery day itself when the file does not say. */
  preparationWeekday: Weekday;
  deliveryWeekday: Weekday;
  /** « #2e7d32 », lower case. */
  color: string | null;
};

export type ImportedDepot = {
  number: string;
  name: string;
  address: string;
  postcode: string;
  city: string;
  phone: string;
  contact: string;
  tourCode: string;
  stopOrder: number | null;
  /** « 08:20 » */
  arrival: string | null;
  pickup: string;
  capacity: number | null;
  category: 'open' | 'reserved' | 'professional';
  mention: string;
  password: string;
  feeCents: Cents;
  latitude: number | null;
  longitude: number | null;
};

export type ImportedProduct = {
  name: string;
  /** Tax included. */
  priceCents: Cents;
  vatBasisPoints: number;
  targetDepartureCents: Cents | null;
  wishedMarginBasisPoints: number | null;
};

/** `tourCode` null: every tour. `date` null: no delivery that week. */
export type ImportedWeek = { year: number; week: number; tourCode: string | null; date: Day | null; note: string };

export type PaymentMethod = 'direct_debit' | 'cheque' | 'transfer' | 'cash' | 'card' | 'voucher';

export type ImportedCustomer = {
  number: string;
  civility: string;
  lastName: string;
  firstName: string;
  kind: 'person' | 'organisation';
  address: string;
  postcode: string;
  city: string;
  phone: string;
  email: string;
  category: string;
  membership: { startsOn: Day; endsOn: Day; amountCents: Cents } | null;
  volunteer: 'yes' | 'maybe' | 'no' | null;
  /** The sign is the file's own. */
  balanceCents: Cents;
  paymentMethod: PaymentMethod | null;
  /** IBAN and BIC without spaces, in capitals; the reference (RUM) is exactly what the file holds. */
  mandate: { iban: string; bic: string; reference: string; signedOn: Day } | null;
};

export type ImportedSubscription = {
  customerNumber: string;
  productName: string;
  frequency: 'weekly' | 'even_weeks' | 'odd_weeks' | 'first_of_month';
  quantity: number;
  depotNumber: string;
  startsOn: Day;
  endsOn: Day;
  /** Tax included, for one; null: the product's own price. */
  priceCents: Cents | null;
  billingMode: 'arrears' | 'instalments' | 'prepaid' | 'pack';
  /** « carnet de 12 » → 12, « prépaiement 4 paniers » → 4; null when the file gives no number. */
  billingCount: number | null;
};

/** Weeks belong to the year of the import. `toWeek` is set for a postponement only. */
export type ImportedRequest = {
  customerNumber: string;
  productName: string;
  week: number;
  kind: 'cancel' | 'postpone';
  toWeek: number | null;
};

/** What a line of each kind of file becomes. */
export type Values = {
  tours: ImportedTour;
  depots: ImportedDepot;
  products: ImportedProduct;
  calendar: ImportedWeek;
  customers: ImportedCustomer;
  subscriptions: ImportedSubscription;
  requests: ImportedRequest;
};

/** One file of a run, read: `{ file: 'adherents.csv', kind: 'customers', lines, rejected }`. */
export type FileRead = { [K in Kind]: { file: string; kind: K } & Read<Values[K]> }[Kind];

/**
 * What the database already holds, as sets the references are checked against.
 * `subscriptions` holds `subscriptionKey(customerNumber, productName)`.
 */
export type Known = { tours: Set<string>; depots: Set<string>; products: Set<string>; customers: Set<string>; subscriptions: Set<string> };

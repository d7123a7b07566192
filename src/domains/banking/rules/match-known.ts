import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { fold } from './words.ts';

/** What the garden knows and a line of the bank may be. Names as people write them. Amounts above zero, but `owes`. */
export type Known = {
  debits: KnownDebit[];
  lots: KnownLot[];
  slips: KnownSlip[];
  transfers: KnownTransfers[];
  cheques: KnownCheque[];
  payments: KnownPayment[];
  customers: KnownCustomer[];
  /** What lines that always say the same (`stem`) were posted to last. */
  habits: { stem: string; account: string }[];
  /** Lines that files of another kind may have told already: the line of this key as `id`. */
  twins: { id: number; line: string; said: string }[];
};

export type KnownDebit = {
  id: number;
  customer: number;
  name: string;
  endToEnd: string;
  mandate: string;
  iban: string;
  amount: Cents;
  dueOn: Day;
  state: 'pending' | 'confirmed' | 'rejected';
};

/** What the bank gives for a file of debits: one amount for each of its lots, or one for all. */
export type KnownLot = {
  batch: number;
  name: string;
  /** PmtInfId; the message's own for the whole. */
  reference: string;
  total: Cents;
  dueOn: Day;
  /** Of the whole batch, and what of it lines of the bank told already. */
  batchTotal: Cents;
  told: Cents;
  endToEnds: string[];
};

export type KnownSlip = { id: number; number: number; kind: string; method: string; total: Cents; day: Day };
/** A cheque of a slip that the bank has, whose return no line told; `day`: when it was deposited. A market's that is noted as rejected has no name, or its writer's. */
export type KnownCheque = {
  id: number;
  name: string;
  lastName: string;
  number: string;
  amount: Cents;
  day: Day;
  slip: number;
  state: 'paid' | 'rejected';
};
export type KnownTransfers = { batch: number; name: string; reference: string; total: Cents; on: Day; endToEnds: string[] };

/** A payment that no line of the bank told yet: announced, or written by hand before the bank's file came. */
export type KnownPayment = {
  id: number;
  customer: number;
  name: string;
  direction: 'in' | 'out';
  amount: Cents;
  day: Day;
  received: boolean;
  endToEnd: string;
};

export type KnownCustomer = {
  id: number;
  number: string;
  firstName: string;
  lastName: string;
  ibans: string[];
  /** Above zero: owes. */
  owes: Cents;
  documents: { id: number; number: string; left: Cents }[];
};

/** The same, found at once from a line's words. */
export type Index = ReturnType<typeof indexOf>;

export function indexOf(known: Known) {
  const byFirstWord = new Map<string, { customer: KnownCustomer; last: string[]; first: string[] }[]>();
  const documents = new Map<string, { customer: KnownCustomer; document: KnownCustomer['documents'][number] }>();
  const numbers = new Map<string, KnownCustomer>();
  const ibans = new Map<string, KnownCustomer[]>();
  for (const customer of known.customers) {
    const [last, first] = [fold(customer.lastName).split(' '), fold(customer.firstName).split(' ').filter(Boolean)];
    if (last[0]) push(byFirstWord, last[0], { customer, last, first });
    for (const document of customer.documents) documents.set(squeeze(document.number), { customer, document });
    for (const iban of new Set(customer.ibans)) push(ibans, iban, customer);
    numbers.set(fold(customer.number).replaceAll(' ', ''), customer);
  }
  return {
    ...{ known, byFirstWord, documents, numbers, ibans },
    owing: Map.groupBy(known.customers, ({ owes }) => owes),
    debitsByEnd: new Map(known.debits.map((debit) => [debit.endToEnd, debit])),
    debitsByMandate: Map.groupBy(known.debits, ({ mandate }) => mandate),
    lotsByEnd: new Map(known.lots.flatMap((lot) => lot.endToEnds.map((end) => [end, lot]))),
    paymentsOf: Map.groupBy(known.payments, ({ customer }) => customer),
    twinsOf: Map.groupBy(known.twins, ({ line }) => line),
    habits: new Map(known.habits.map(({ stem, account }) => [stem, account])),
  };
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** « F2025-00012 » → f202500012. */
export const squeeze = (text: string): string => fold(text).replaceAll(' ', '');

/** Words of a text, and those that stand side by side, up to three, in one: « F2025 00012 » gives f202500012 too. */
export function windows(words: readonly string[]): Set<string> {
  return new Set(words.flatMap((word, at) => [word, word + (words[at + 1] ?? ''), word + (words[at + 1] ?? '') + (words[at + 2] ?? '')]));
}

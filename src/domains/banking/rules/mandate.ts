import { Temporal } from 'temporal-polyfill';
import type { Day } from '#kernel/day.ts';

export type MandateLife = {
  signedOn: Day;
  endedOn: Day | null;
  /** For a single debit. */
  once: boolean;
  /** The last day on which a debit was handed to the bank under it, whatever came of it; null: never. */
  lastDebitOn: Day | null;
};

export type MandateState = 'active' | 'lapsed' | 'ended';

const MONTHS = 36;

/** A mandate lapses when no debit was presented for 36 months (SEPA Core rulebook, 4.1): the first day on which it can no more be used. */
export const lapsesOn = ({ signedOn, lastDebitOn }: MandateLife): Day =>
  Temporal.PlainDate.from(lastDebitOn && lastDebitOn > signedOn ? lastDebitOn : signedOn)
    .add({ months: MONTHS })
    .toString();

/** What it is worth on a day: it ends at the end of its last day; a mandate for one debit ends with it. */
export function stateOn(mandate: MandateLife, day: Day): MandateState {
  if (mandate.endedOn !== null && mandate.endedOn < day) return 'ended';
  if (mandate.once && mandate.lastDebitOn !== null && mandate.lastDebitOn < day) return 'ended';
  return lapsesOn(mandate) <= day ? 'lapsed' : 'active';
}

export type Sequence = 'FRST' | 'RCUR' | 'FNAL' | 'OOFF';

/** First of a series, or following; since November 2016 banks also take RCUR for a first one, so that a mandate brought over is one that follows. */
export const sequenceOf = ({ once, lastDebitOn }: Pick<MandateLife, 'once' | 'lastDebitOn'>): Sequence =>
  once ? 'OOFF' : lastDebitOn === null ? 'FRST' : 'RCUR';

/** A change of the mandate that its bank was not told yet. */
export type Change = { formerIban: string; formerReference: string; formerCreditor: string; sameBank: boolean };

export type Amendment = {
  /** Reference (RUM) under which the bank knows the mandate. */
  reference: string | null;
  /** Creditor identifier under which it was signed. */
  creditor: string | null;
  /** The former account, when it is of the same bank; `SMNDA` (same mandate, new debtor account) when it is not, or cannot be told. */
  account: string | 'SMNDA' | null;
};

/**
 * What the next debit tells of the changes since the last one, oldest first: the bank knows what stood before the first of them. Null when there is
 * nothing to tell: nothing changed, or no debit was ever made under the former data. Customer-to-bank guidelines EPC130-08 from version 9 on.
 */
export function amendmentOf(changes: readonly Change[], current: { iban: string; reference: string; creditor: string }): Amendment | null {
  const first = (key: 'formerIban' | 'formerReference' | 'formerCreditor') => changes.find((one) => one[key] !== '')?.[key] ?? null;
  const differs = (former: string | null, now: string) => (former === null || former === now ? null : former);
  const reference = differs(first('formerReference'), current.reference);
  const creditor = differs(first('formerCreditor'), current.creditor);
  const former = differs(first('formerIban'), current.iban);
  const same = changes.every((one) => one.formerIban === '' || one.sameBank);
  const account = former && (same ? former : 'SMNDA');
  return reference || creditor || account ? { reference, creditor, account } : null;
}

import { type Day, sayDayAndYear } from '#kernel/day.ts';
import { type Cents, formatEuros } from '#kernel/money.ts';
import { maskAccount } from './account.ts';

type Told = {
  amount: Cents;
  dueOn: Day;
  remittance: string;
  creditor: string;
  mandate: { reference: string; iban: string };
};

/** What the letter that announces a debit tells of it. The account is named by its last four signs only. */
export const noticeOf = ({ amount, dueOn, remittance, creditor, mandate }: Told) => ({
  montant: formatEuros(amount),
  jour: sayDayAndYear(dueOn),
  pour: remittance ? [remittance] : [],
  compte: maskAccount(mandate.iban),
  mandat: mandate.reference,
  ics: creditor,
});

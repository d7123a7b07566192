import { isValidBIC } from 'ibantools';
import { toSepa } from './letters.ts';
import { leaf, node } from './xml.ts';

export type Party = { name: string; iban: string; bic: string };

/** A name in the signs of banks, 70 at most. */
export const named = (element: string, name: string): string => node(element, leaf('Nm', toSepa(name, 70)));

export const accountOf = (element: string, iban: string): string => node(element, node('Id', leaf('IBAN', iban)));

/** The bank, by its BIC when there is a right one; else banks find each other by the IBAN. */
export const agent = (element: string, { iban, bic }: Party): string => {
  const right = isValidBIC(bic) && bic.slice(4, 6) === iban.slice(0, 2);
  return node(element, node('FinInstnId', right ? leaf('BICFI', bic) : node('Othr', leaf('Id', 'NOTPROVIDED'))));
};

export const totalsOf = (debits: readonly { amount: number }[]): { count: number; sum: number } => ({
  count: debits.length,
  sum: debits.reduce((sum, { amount }) => sum + amount, 0),
});
